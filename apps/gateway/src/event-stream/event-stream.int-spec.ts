import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as newId } from 'uuid';
import { apiKeyChanged, authenticateKeys, readFeeds, signInChanged, type Principal } from '#contracts';
import { Broker } from '#messaging';
import { soon } from '#service/testing/patience';
import { StreamReader } from '../testing/stream-reader.js';
import { StubLog } from '../testing/stub-log.js';
import { StubServices } from '../testing/stub-services.js';
import { startTestBroker, type TestBroker } from '../testing/test-broker.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { streamsEnded } from './stream-metrics.js';

const organizationId = newId();
const owner = { organizationId };

let server: TestBroker;
let services: StubServices;
let log: StubLog;
let logBroker: Broker;
let gateway: TestGateway;
const readers: StreamReader[] = [];

beforeAll(async () => {
  server = await startTestBroker();
  services = new StubServices(await Broker.connect({ url: server.url, name: 'stubs' }));
  await services.start([authenticateKeys, readFeeds]);
  logBroker = await Broker.connect({ url: server.url, name: 'log' });
  log = new StubLog(logBroker);
  services.handle(readFeeds, (input) => log.read(input));
  gateway = await startTestGateway(server.url);
});

afterEach(() => {
  log.signals = true;
  for (const reader of readers.splice(0)) reader.close();
});

afterAll(async () => {
  await gateway.stop();
  await services.stop();
  await logBroker.drain();
  await server.stop();
});

describe('a stream of events', () => {
  it('tells what happens from now on, in the form of Server-Sent Events', async () => {
    log.append(owner, 'registration/before');
    const reader = await open(newKey());
    expect([reader.status, reader.headers]).toEqual([
      200,
      expect.objectContaining({
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        'x-content-type-options': 'nosniff',
        'x-request-id': expect.any(String),
      }),
    ]);
    expect(reader.headers['content-encoding']).toBeUndefined();
    await soon(() => expect(reader.lastEventId).not.toBe(''));
    const event = log.append(owner, 'registration/now');
    log.append({ organizationId: newId() }, 'registration/of-others');
    await soon(() => expect(reader.events).toHaveLength(1));
    expect(reader.events[0]).toEqual({ id: reader.lastEventId, event: 'message', data: event });
    expect(reader.retryMs).toBeGreaterThanOrEqual(3_000);
  });

  it('tells what a company may have, by its key', async () => {
    const companyId = newId();
    const reader = await open(newKey({ role: 'company', companyId, organizationId: undefined }));
    await soon(() => expect(reader.lastEventId).not.toBe(''));
    log.append({ companyId }, 'registration/own');
    log.append(owner, 'registration/of-an-organization');
    await soon(() => expect(reader.subjects).toEqual(['registration/own']));
  });

  it('has the types and the stop that it was opened with', async () => {
    const stopId = newId();
    const reader = await open(newKey(), `?types=session.*,timetable.released&stopId=${stopId}`);
    await soon(() => expect(reader.lastEventId).not.toBe(''));
    log.append(owner, 'registration/1', 'registration.confirmed', { stopId });
    log.append(owner, 'session/other', 'session.moved', { stopId: newId() });
    log.append(owner, 'session/1', 'session.moved', { stopId });
    log.append(owner, 'timetable/1', 'timetable.released', { stopId });
    await soon(() => expect(reader.subjects).toEqual(['session/1', 'timetable/1']));
  });

  it.each([
    ['the id that it had last', ({ lastEventId }: StreamReader) => lastEventId],
    ['the id of an event', ({ events }: StreamReader) => events.at(-1)?.data.id ?? ''],
  ])('goes on behind %s, without loss or repetition', async (_name, idOf) => {
    const key = newKey();
    const first = await open(key);
    await soon(() => expect(first.lastEventId).not.toBe(''));
    log.append(owner, 'registration/a');
    await soon(() => expect(first.subjects).toEqual(['registration/a']));
    first.close();
    for (let number = 0; number < 300; number += 1) log.append(owner, `registration/${number}`);
    const second = await open(key, '', { 'last-event-id': idOf(first) });
    log.append(owner, 'registration/b');
    const missed = Array.from({ length: 300 }, (_, number) => `registration/${number}`);
    await soon(() => expect(second.subjects).toEqual([...missed, 'registration/b']));
  });

  it('resumes where it began if nothing happened before it ended', async () => {
    const key = newKey();
    const first = await open(key);
    await soon(() => expect(first.lastEventId).not.toBe(''));
    first.close();
    log.append(owner, 'registration/meanwhile');
    const second = await open(key, `?after=${encodeURIComponent(first.lastEventId)}`);
    await soon(() => expect(second.subjects).toEqual(['registration/meanwhile']));
  });

  it('says so where the place is no longer kept, and goes on', async () => {
    log.append(owner, 'registration/old');
    const key = newKey();
    const id = Buffer.from('["1"]').toString('base64url');
    log.prune();
    const reader = await open(key, '', { 'last-event-id': id });
    await soon(() => expect(reader.events.map(({ event }) => event)).toEqual(['reset']));
    log.append(owner, 'registration/after');
    await soon(() => expect(reader.subjects).toEqual(['registration/after']));
    expect(await open(key, '', { 'last-event-id': newId() }).then(({ status }) => status)).toBe(200);
  });

  it('loses nothing where signals are lost', async () => {
    const reader = await open(newKey());
    await soon(() => expect(reader.lastEventId).not.toBe(''));
    // The reading that follows joining must be over: it would find the event without a signal.
    await pause(300);
    log.signals = false;
    log.append(owner, 'registration/silent');
    await soon(() => expect(reader.subjects).toEqual(['registration/silent']));
  });

  it('has a comment every 15 seconds, which says how far it is', async () => {
    const reader = await open(newKey(), '?types=company.*');
    await soon(() => expect(reader.lastEventId).not.toBe(''));
    const before = reader.lastEventId;
    log.append(owner, 'registration/unwanted');
    await soon(() => expect(reader.comments).toEqual(['']));
    await soon(() => expect(reader.lastEventId).not.toBe(before));
    expect(reader.events).toEqual([]);
  });

  it('is read once for all its readers', async () => {
    const some = await Promise.all(Array.from({ length: 20 }, () => open(newKey())));
    await soon(() => expect(some.every(({ lastEventId }) => lastEventId !== '')).toBe(true));
    // Each reads once more after it has joined; those readings are over when nothing is read for a while.
    let before = -1;
    for (; before !== log.reads; await pause(500)) before = log.reads;
    for (let number = 0; number < 50; number += 1) log.append(owner, `registration/${number}`);
    await soon(() => expect(some.map(({ events }) => events.length)).toEqual(some.map(() => 50)));
    expect(log.reads - before).toBeLessThan(60);
  });
});

describe('a stream of events is refused', () => {
  it.each([
    ['without a key', undefined, '', 401, 'auth.required'],
    ['to a door', { role: 'staff', stopId: newId() } as const, '', 403, 'auth.forbidden'],
    ['with an unknown type', {}, '?types=nothing.*', 422, 'request.invalid'],
    ['with an unknown parameter', {}, '?limit=1', 422, 'request.invalid'],
  ])('%s', async (_name, over, query, status, code) => {
    const key = over === undefined ? undefined : newKey(over);
    const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
    const response = await fetch(`${gateway.base}/v1/events/stream${query}`, { headers });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([status, code]);
  });

  it('beyond five of a key, at whatever gateway', async () => {
    const key = newKey();
    const other = await startTestGateway(server.url);
    await Promise.all([open(key), open(key), open(key)]);
    const five = await Promise.all([open(key, '', {}, other.base), open(key, '', {}, other.base)]);
    for (const base of [gateway.base, other.base])
      await soon(async () => {
        const sixth = await open(key, '', {}, base);
        sixth.close();
        expect([sixth.status, sixth.headers['retry-after']]).toEqual([429, '3']);
      });
    expect((await open(newKey())).status).toBe(200);
    five[0]?.close();
    await soon(async () => expect((await open(key)).status).toBe(200));
    await other.stop();
  });

  it('and answers HEAD with its headers alone', async () => {
    const headers = { authorization: `Bearer ${newKey()}` };
    const response = await fetch(`${gateway.base}/v1/events/stream`, { method: 'HEAD', headers });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  });
});

describe('a stream of events ends', () => {
  it('with its key', async () => {
    const key = newKey();
    const [reader, other] = [await open(key), await open(newKey())];
    const principal = services.addKey(key, principalOf({}));
    await services.publish(apiKeyChanged, {
      active: false,
      principal: { ...principal, keyId: keyIds.get(key) },
    });
    await soon(() => expect(reader.ended).toBe(true));
    expect(other.ended).toBe(false);
  });

  it('with the sign-in of its person', async () => {
    const token = randomBytes(32).toString('base64url');
    const signInId = newId();
    services.addSignIn(token, { keyId: signInId, role: 'organizer', organizationId, userId: newId() });
    const headers = { cookie: `waystop=${token}` };
    const reader = await StreamReader.open(`${gateway.base}/v1/events/stream`, headers);
    readers.push(reader);
    expect(reader.status).toBe(200);
    await services.publish(signInChanged, { signInId, active: false, version: 2 });
    await soon(() => expect(reader.ended).toBe(true));
  });

  it('with its gateway, which says when to come back; the next gateway goes on', async () => {
    const key = newKey();
    const first = await startTestGateway(server.url);
    const reader = await open(key, '', {}, first.base);
    await soon(() => expect(reader.lastEventId).not.toBe(''));
    const drained = first.stop();
    await soon(() => expect(reader.ended).toBe(true));
    expect(reader.retryMs).toBeGreaterThanOrEqual(3_000);
    log.append(owner, 'registration/between');
    await drained;
    const next = await open(key, '', { 'last-event-id': reader.lastEventId });
    await soon(() => expect(next.subjects).toEqual(['registration/between']));
  });

  it('for a reader that does not read, while others have everything', async () => {
    const [stalled, other] = [await open(newKey()), await open(newKey())];
    await soon(() => expect([stalled.lastEventId, other.lastEventId]).not.toContain(''));
    stalled.stall();
    const before = await endsOf('slow');
    const data = { stopId: 'x'.repeat(2_000) };
    let sent = 0;
    while ((await endsOf('slow')) === before && sent < 20_000) {
      for (let number = 0; number < 50; number += 1)
        log.append(owner, `registration/${(sent += 1)}`, undefined, data);
      await soon(() => expect(other.events).toHaveLength(sent));
    }
    expect(await endsOf('slow')).toBe(before + 1);
    const chain = [stalled, await resumed(stalled)];
    await soon(async () => {
      const last = chain.at(-1) ?? stalled;
      // On a busy machine one that catches up may be slow itself, and goes on as browsers do.
      if (last.ended) chain.push(await resumed(last));
      expect(chain.reduce((sum, { events }) => sum + events.length, 0)).toBe(sent);
    });
  });
});

/** Goes on behind the last event that a reader has. */
const resumed = (reader: StreamReader) => open(newKey(), '', { 'last-event-id': reader.lastEventId });

const keyIds = new Map<string, string>();

function principalOf(over: Partial<Principal>): Omit<Principal, 'keyHash'> {
  return { role: 'organizer', keyId: newId(), organizationId, ...over } as Omit<Principal, 'keyHash'>;
}

function newKey(over: { [Name in keyof Principal]?: Principal[Name] | undefined } = {}): string {
  const key = `waystop_test_${newId()}`;
  keyIds.set(key, services.addKey(key, principalOf(over as Partial<Principal>)).keyId);
  return key;
}

async function open(
  key: string,
  query = '',
  headers: Record<string, string> = {},
  base = gateway.base,
): Promise<StreamReader> {
  const all = { authorization: `Bearer ${key}`, ...headers };
  const reader = await StreamReader.open(`${base}/v1/events/stream${query}`, all);
  readers.push(reader);
  return reader;
}

/** How many streams ended for this reason. */
async function endsOf(end: string): Promise<number> {
  const { values } = await streamsEnded.get();
  return values.find(({ labels }) => labels.end === end)?.value ?? 0;
}
