import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { v7 as newId } from 'uuid';
import {
  createWebhook,
  deleteWebhook,
  enableWebhook,
  getStopState,
  getWebhook,
  listDeliveries,
  listEvents,
  listWebhooks,
  pauseWebhook,
  redeliver,
  registrationChanged,
  replayWebhook,
  rotateWebhookSecret,
  stopChanged,
  testWebhook,
  updateWebhook,
  type Caller,
  type DataOf,
  type EventContract,
  type OutputOf,
  type StopState,
} from '#contracts';
import { metrics } from '#service';
import { soon } from '#service/testing/patience';
import { service as notifications } from '../../../apps/notifications/src/service.js';
import { parseAllowList } from '../../../apps/notifications/src/egress/allowed-address.js';
import { TestedService } from '../../support/tested-service.js';
import { aStopState, publishState } from './published-events.js';
import { Receiver } from './receiver.js';

const organizationId = newId();
const stopId = newId();
const tourId = newId();
const companyId = newId();
const organizer: Caller = { role: 'organizer', keyId: newId(), organizationId };
const company: Caller = { role: 'company', keyId: newId(), companyId };
const stranger: Caller = { role: 'organizer', keyId: newId(), organizationId: newId() };
const stop = { id: stopId, tourId, organizationId, status: 'published', published: true } as StopState;

let service: TestedService;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await Receiver.start();
  service = await TestedService.start(
    notifications,
    [[getStopState, ({ id }: { id: string }) => ({ stop: id === stopId ? stop : null })]],
    { WEBHOOK_SECRET: 'ab'.repeat(32), EGRESS_ALLOW: parseAllowList('127.0.0.0/8') },
  );
}, 300_000);

afterAll(async () => {
  await service.stop();
  await receiver.stop();
});

afterEach(async () => {
  receiver.answer = () => ({ status: 204 });
  const { items } = await service.ask(listWebhooks, {}, organizer);
  for (const { id } of items) await service.ask(deleteWebhook, { id }, organizer);
});

describe('an endpoint', () => {
  it('is pending until it takes a signed ping, and gets what it asked for from then on', async () => {
    const webhook = await makeActive({ types: ['registration.*'] });
    const registrationId = await registers('waitlisted');
    await tells(registrationId, 'confirmed', 2);
    const subject = `registration/${registrationId}`;
    await soon(() =>
      expect(receiver.typesOf(subject)).toEqual(['registration.waitlisted', 'registration.promoted']),
    );
    const [first] = receiver.received.filter(({ event }) => event.subject === subject);
    expect(first?.event).toMatchObject({
      specversion: '1.0',
      type: 'registration.waitlisted',
      data: {
        registrationId,
        stopId,
        tourId,
        companyId,
        status: 'waitlisted',
        previousStatus: null,
        seats: 3,
      },
    });
    verify(first, webhook.secret);
    await soon(async () => {
      const { items } = await service.ask(listDeliveries, { id: webhook.id, state: 'delivered' }, organizer);
      expect(items.map(({ type, status, attempts }) => [type, status, attempts])).toEqual([
        ['webhook.ping', 204, 1],
        ['registration.waitlisted', 204, 1],
        ['registration.promoted', 204, 1],
      ]);
    });
    const newest = { id: webhook.id, sort: '-createdAt', limit: 2 } as const;
    const { items, nextCursor } = await service.ask(listDeliveries, newest, organizer);
    expect(items.map(({ type }) => type)).toEqual(['registration.promoted', 'registration.waitlisted']);
    const rest = await service.ask(listDeliveries, { ...newest, cursor: nextCursor ?? '' }, organizer);
    expect(rest.items.map(({ type }) => type)).toEqual(['webhook.ping']);
  });

  it('that refuses the ping stays pending and gets nothing, until a test is taken', async () => {
    receiver.answer = () => ({ status: 500 });
    const { id } = await make({ types: ['registration.*'] });
    await soon(() => expect(receiver.typesOf(`webhook/${id}`)).toContain('webhook.ping'));
    const registrationId = await registers('confirmed');
    await logged(`registration/${registrationId}`);
    expect((await service.ask(getWebhook, { id }, organizer)).state).toBe('pending');
    expect(await service.ask(testWebhook, { id }, organizer)).toMatchObject({ status: 500, error: null });
    receiver.answer = () => ({ status: 200 });
    expect(await service.ask(testWebhook, { id }, organizer)).toMatchObject({ status: 200, error: null });
    expect((await service.ask(getWebhook, { id }, organizer)).state).toBe('active');
    expect(receiver.typesOf(`registration/${registrationId}`)).toEqual([]);
  });

  it('that fails gets the message again, under the same id and with a fresh time', async () => {
    await makeActive({ types: ['registration.*'] });
    let failures = 1;
    receiver.answer = () => ({ status: (failures -= 1) >= 0 ? 503 : 204 });
    const registrationId = await registers('confirmed');
    const subject = `registration/${registrationId}`;
    await soon(() => expect(receiver.typesOf(subject)).toHaveLength(2));
    const attempts = receiver.received.filter(({ event }) => event.subject === subject);
    expect(new Set(attempts.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    const times = attempts.map(({ headers }) => Number(headers['webhook-timestamp']));
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(4);
  });

  it('that says it is gone gets nothing more, and its owner gets a message', async () => {
    const other = await makeActive({ types: ['webhook.disabled'] });
    const webhook = await makeActive({ types: ['registration.*'] });
    receiver.answer = ({ type }) => ({ status: type.startsWith('registration.') ? 410 : 204 });
    await registers('confirmed');
    await soon(async () => {
      expect((await service.ask(getWebhook, { id: webhook.id }, organizer)).state).toBe('gone');
      expect(receiver.typesOf(`webhook/${webhook.id}`)).toContain('webhook.disabled');
    });
    expect((await service.ask(getWebhook, { id: other.id }, organizer)).state).toBe('active');
    expect((await service.ask(enableWebhook, { id: webhook.id }, organizer)).state).toBe('active');
  });

  it('that is paused gets afterwards what came meanwhile', async () => {
    const { id } = await makeActive({ types: ['registration.*'] });
    await service.ask(pauseWebhook, { id }, organizer);
    expect((await service.refusal(pauseWebhook, { id }, organizer)).code).toBe('webhook.invalid_transition');
    const registrationId = await registers('confirmed');
    await logged(`registration/${registrationId}`);
    expect(receiver.typesOf(`registration/${registrationId}`)).toEqual([]);
    await service.ask(enableWebhook, { id }, organizer);
    await soon(() => expect(receiver.typesOf(`registration/${registrationId}`)).toHaveLength(1));
  });

  it('verifies with either secret while a rotation overlaps', async () => {
    const webhook = await makeActive({ types: ['registration.*'] });
    const rotated = await service.ask(
      rotateWebhookSecret,
      { id: webhook.id, body: { overlapHours: 1 } },
      organizer,
    );
    expect(rotated.secret).not.toBe(webhook.secret);
    const subject = `registration/${await registers('confirmed')}`;
    await soon(() => expect(receiver.typesOf(subject)).toHaveLength(1));
    const message = receiver.received.find(({ event }) => event.subject === subject);
    verify(message, webhook.secret);
    verify(message, rotated.secret);
    await service.ask(rotateWebhookSecret, { id: webhook.id, body: { overlapHours: 0 } }, organizer);
    const next = `registration/${await registers('confirmed')}`;
    await soon(() => expect(receiver.typesOf(next)).toHaveLength(1));
    expect(() =>
      verify(
        receiver.received.find(({ event }) => event.subject === next),
        webhook.secret,
      ),
    ).toThrow();
  });

  it('gets a time of the log again by replay, and one delivery by itself', async () => {
    const { id } = await makeActive({ types: ['registration.*'] });
    const from = new Date().toISOString();
    const subject = `registration/${await registers('confirmed')}`;
    await soon(() => expect(receiver.typesOf(subject)).toHaveLength(1));
    const replayed = await service.ask(replayWebhook, { id, body: { from } }, organizer);
    expect(replayed.messages).toBeGreaterThanOrEqual(1);
    await soon(() => expect(receiver.typesOf(subject)).toHaveLength(2));
    const { items } = await service.ask(listDeliveries, { id }, organizer);
    const found = async (state: string) =>
      (await service.ask(listDeliveries, { id, state }, organizer)).items.length;
    const all = await found('waiting,delivered,failed,expired,skipped');
    expect([all, await found('failed,expired')]).toEqual([items.length, 0]);
    const deliveryId = items.at(-1)?.id ?? '';
    await service.ask(redeliver, { id, deliveryId }, organizer);
    await soon(() =>
      expect(receiver.received.filter(({ event }) => event.id === items.at(-1)?.messageId)).toHaveLength(3),
    );
  });

  it('belongs to its owner alone, and there are so many of them and no more', async () => {
    const { id } = await make({ types: ['registration.*'] });
    for (const contract of [getWebhook, deleteWebhook, pauseWebhook])
      expect((await service.refusal(contract, { id }, stranger)).code).toBe('resource.not_found');
    const made = Array.from({ length: 22 }, () =>
      service.ask(createWebhook, { body: { url: receiver.url, types: ['stop.*'] } }, organizer).then(
        () => 'made',
        (error: { code: string }) => error.code,
      ),
    );
    const outcomes = await Promise.all(made);
    expect(outcomes.filter((one) => one === 'made')).toHaveLength(19);
    expect(new Set(outcomes)).toEqual(new Set(['made', 'webhook.limit_reached']));
  });

  it('is pending again with another URL', async () => {
    const { id } = await makeActive({ types: ['registration.*'] });
    receiver.answer = () => ({ status: 500 });
    const changed = await service.ask(
      updateWebhook,
      { id, body: { url: `${receiver.url}/other` } },
      organizer,
    );
    expect([changed.state, changed.version]).toEqual(['pending', expect.any(Number)]);
  });
});

describe('what a company hears', () => {
  it('is its own, and what the public sees of the stops it registered for', async () => {
    const webhook = await service.ask(
      createWebhook,
      { body: { url: receiver.url, types: ['registration.*', 'stop.*'] } },
      company,
    );
    await becomesActive(webhook.id, company);
    // The stop's change comes with another flow of events and would overtake it.
    await logged(`registration/${await registers('confirmed')}`);
    const otherCompany = await registers('confirmed', newId());
    await publish(stopChanged, stopId, aStopState(stop, { capacity: 300, version: 2 }));
    await soon(() => expect(receiver.typesOf(`stop/${stopId}`)).not.toEqual([]));
    const { items } = await service.ask(listEvents, { limit: 200 }, company);
    expect(items.map(({ subject }) => subject)).toContain(`stop/${stopId}`);
    expect(items.map(({ subject }) => subject)).not.toContain(`registration/${otherCompany}`);
    await service.ask(deleteWebhook, { id: webhook.id }, company);
  });
});

describe('the log', () => {
  it('goes on where a cursor or an event says, and never ends', async () => {
    const first = `registration/${await registers('confirmed')}`;
    await logged(first);
    const all = await service.ask(listEvents, { limit: 200 }, organizer);
    const second = `registration/${await registers('confirmed')}`;
    await logged(second);
    for (const after of [all.nextCursor, all.items.at(-1)?.id]) {
      const { items, nextCursor } = await service.ask(listEvents, { after }, organizer);
      expect(items.map(({ subject }) => subject)).toEqual([second]);
      const rest = await service.ask(listEvents, { after: nextCursor }, organizer);
      expect([rest.items, rest.nextCursor]).toEqual([[], nextCursor]);
    }
    expect((await service.refusal(listEvents, { after: 'x' }, organizer)).code).toBe('request.invalid');
    const other = await service.ask(listEvents, {}, stranger);
    expect(other.items).toEqual([]);
  });

  it('publishes nothing that is old or replayed', async () => {
    const registrationId = newId();
    const state = registrationOf(registrationId, 'confirmed', 1);
    await publish(registrationChanged, registrationId, state, { time: new Date(0).toISOString() });
    await publish(registrationChanged, registrationId, { ...state, version: 2 }, { replayed: true });
    await publish(registrationChanged, registrationId, { ...state, version: 2 });
    await publish(registrationChanged, registrationId, { ...state, status: 'cancelled', version: 3 });
    await logged(`registration/${registrationId}`);
    const { items } = await service.ask(listEvents, { limit: 200 }, organizer);
    const own = items.filter(({ subject }) => subject === `registration/${registrationId}`);
    expect(own.map(({ type, data }) => [type, data['previousStatus']])).toEqual([
      ['registration.cancelled', 'confirmed'],
    ]);
  });

  it('gives no number twice after a restore: who read the undone time misses nothing of the new one', async () => {
    const undone = `registration/${await registers('confirmed')}`;
    await logged(undone);
    const { nextCursor } = await service.ask(listEvents, { limit: 200 }, organizer);
    await service.rows.query('DELETE FROM messages WHERE subject = $1', [undone]);
    for (const statement of notifications.database.afterRestore ?? []) await service.rows.query(statement);
    const next = `registration/${await registers('confirmed')}`;
    await logged(next);
    const { items } = await service.ask(listEvents, { after: nextCursor }, organizer);
    expect(items.map(({ subject }) => subject)).toEqual([next]);
  });

  it('says so where a place is no longer kept', async () => {
    const { nextCursor } = await service.ask(listEvents, { limit: 1 }, organizer);
    await service.rows.query('UPDATE log_state SET pruned_seq = (SELECT max(seq) FROM messages)');
    expect((await service.refusal(listEvents, { after: nextCursor }, organizer)).code).toBe(
      'events.cursor_too_old',
    );
    await service.rows.query('UPDATE log_state SET pruned_seq = 0');
  });
});

it('counts deliveries and the state of lanes in its metrics', async () => {
  await makeActive({ types: ['registration.*'] });
  const subject = `registration/${await registers('confirmed')}`;
  await soon(() => expect(receiver.typesOf(subject)).toHaveLength(1));
  await soon(async () => {
    const text = await metrics.metrics();
    expect(text).toMatch(/^waystop_deliveries_total\{channel="webhook",outcome="delivered"\} [1-9]/m);
    expect(text).toMatch(/^waystop_delivery_seconds_count\{channel="webhook"\} [1-9]/m);
    expect(text).toMatch(/^waystop_lanes\{channel="webhook",state="up"\} \d+$/m);
    expect(text).toMatch(/^waystop_deliveries_oldest_seconds\{channel="webhook"\} \d/m);
    expect(text).not.toContain(receiver.url);
  });
});

it('refuses a URL that leads elsewhere than to the outside or to the networks that the operator allows', async () => {
  const body = { url: 'https://169.254.169.254/latest/meta-data', types: ['registration.*'] };
  const refusal = await service.refusal(createWebhook, { body }, organizer);
  expect([refusal.code, refusal.extra.errors]).toEqual([
    'webhook.url_refused',
    [{ pointer: '/url', message: expect.stringContaining('public address') }],
  ]);
});

function registrationOf(
  registrationId: string,
  status: DataOf<typeof registrationChanged>['status'],
  version: number,
  of = companyId,
) {
  return { registrationId, stopId, companyId: of, status, seats: 3, version };
}

async function registers(
  status: DataOf<typeof registrationChanged>['status'],
  of = companyId,
): Promise<string> {
  const registrationId = newId();
  await publish(registrationChanged, registrationId, registrationOf(registrationId, status, 1, of));
  return registrationId;
}

async function tells(
  registrationId: string,
  status: DataOf<typeof registrationChanged>['status'],
  version: number,
) {
  await publish(registrationChanged, registrationId, registrationOf(registrationId, status, version));
}

function publish(contract: EventContract, subject: string, data: object, more: object = {}): Promise<void> {
  return publishState(service.broker, contract, subject, data, more);
}

/** Resolves when the log has a message of the aggregate. */
async function logged(subject: string): Promise<void> {
  await soon(async () => {
    const rows: unknown[] = await service.rows.query('SELECT 1 FROM messages WHERE subject = $1', [subject]);
    expect(rows).not.toEqual([]);
  });
}

function make(over: { types: string[] }) {
  return service.ask(createWebhook, { body: { url: receiver.url, ...over } }, organizer);
}

async function makeActive(over: { types: string[] }): Promise<OutputOf<typeof createWebhook>> {
  const webhook = await make(over);
  expect(webhook.state).toBe('pending');
  await becomesActive(webhook.id, organizer);
  return webhook;
}

async function becomesActive(id: string, owner: Caller): Promise<void> {
  await soon(async () => expect((await service.ask(getWebhook, { id }, owner)).state).toBe('active'));
}

/** As a receiver does that uses the library of Standard Webhooks. */
function verify(message: { headers: object; body: string } | undefined, secret: string): void {
  if (message === undefined) throw new Error('Nothing was received.');
  new StandardWebhook(secret).verify(message.body, message.headers as Record<string, string>);
}
