import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keepAliveTimeoutMs } from '../../apps/gateway/src/server/adapter.js';
import { ApiClient, aStop, must, type Answer } from '../support/client.js';
import { describeWithTools } from '../support/outside-tools.js';
import { startSystem, type RunningSystem } from '../support/system.js';
import { documented, Proxy, type ProxyName } from './proxy.js';
import { StreamReader } from '../../apps/gateway/src/testing/stream-reader.js';
import { send } from './request.js';

const limit = 40;
const problemType = 'application/problem+json; charset=utf-8';
const names: ProxyName[] = ['nginx', 'caddy'];

describeWithTools(names, 'behind a proxy as docs/operations.md sets it up', () => {
  let system: RunningSystem;
  let stop: Answer['body'];

  beforeAll(async () => {
    system = await startSystem({
      rateLimitPerMinute: 600,
      env: { TRUSTED_PROXIES: '127.0.0.1', ADDRESS_LIMIT_PER_MINUTE: String(limit) },
    });
    const organizer = new ApiClient(system.url, system.organizerKey);
    const tour = await must(organizer.post('/v1/tours', { name: { zh: '示例巡回' } }));
    stop = await must(organizer.post(`/v1/tours/${tour.id}/stops`, aStop({ capacity: 100 })));
    await must(organizer.post(`/v1/stops/${stop.id}/publish`));
  }, 300_000);
  afterAll(() => system?.stop());

  describe.each(names)('%s', (name) => {
    let proxy: Proxy;
    /** Addresses count apart, so each test that is about something else calls from its own. */
    let calls = names.indexOf(name) * 100 + 1;
    const from = () => `127.0.1.${(calls += 1)}`;
    const organizer = () => ({ authorization: `Bearer ${system.organizerKey}` });

    beforeAll(async () => {
      proxy = await Proxy.start(name, system.url);
    });
    afterAll(() => proxy?.stop());

    it('closes idle connections before the gateway does', () => {
      const seconds = Number(/keepalive(?:_timeout)? (\d+)s/.exec(documented(name))?.[1]);
      expect(seconds * 1000).toBeLessThan(keepAliveTimeoutMs);
    });

    it('compresses, and the tag that it hands out still works for reading and for changing', async () => {
      const url = `${proxy.url}/v1/stops/${stop.id}`;
      const address = from();
      const headers = { ...organizer(), 'accept-encoding': 'gzip' };
      const read = await send(url, { headers, from: address });
      expect([read.status, read.headers['content-encoding']]).toEqual([200, 'gzip']);
      expect(JSON.parse(gunzipSync(read.body).toString())).toMatchObject({ id: stop.id });
      const etag = read.headers.etag ?? '';
      expect(
        await send(url, { headers: { ...headers, 'if-none-match': etag }, from: address }),
      ).toMatchObject({ status: 304 });
      const change = (tag: string, capacity: number) =>
        send(url, {
          method: 'PATCH',
          headers: { ...headers, 'content-type': 'application/json', 'if-match': tag },
          body: JSON.stringify({ capacity }),
          from: address,
        });
      expect(await change(etag, 101 + names.indexOf(name))).toMatchObject({ status: 200 });
      expect(await change(etag, 111 + names.indexOf(name))).toMatchObject({ status: 412 });
    });

    it('lets a body of 1 MiB through and leaves a larger one to the gateway, which answers with a problem', async () => {
      const bodyOf = (bytes: number) => Buffer.alloc(bytes, ' ').fill('{"name":{}}', 0, 11);
      const headers = { ...organizer(), 'content-type': 'application/json' };
      const post = (bytes: number) =>
        send(`${proxy.url}/v1/tours`, { method: 'POST', headers, body: bodyOf(bytes), from: from() });
      const [fitting, tooLarge] = [await post(1024 * 1024), await post(1024 * 1024 + 1)];
      expect([fitting.status, fitting.headers['content-type']]).toEqual([422, problemType]);
      expect([tooLarge.status, tooLarge.headers['content-type']]).toEqual([413, problemType]);
    });

    it('tells the caller apart by its address, which no header of its own changes', async () => {
      const url = `${proxy.url}/v1/tours`;
      const [busy, other] = [from(), from()];
      const forged = (index: number) => ({
        headers: { 'x-forwarded-for': `203.0.113.${index}` },
        from: busy,
      });
      // Sent at once, so that the minute's allowance hardly grows meanwhile.
      const answers = await Promise.all(
        Array.from({ length: 2 * limit }, (_, index) => send(url, forged(index))),
      );
      const refused = answers.filter(({ status }) => status === 429).length;
      expect(refused).toBeGreaterThan(limit / 2);
      expect(answers.length - refused).toBeGreaterThanOrEqual(limit);
      expect(await send(url, { from: other })).toMatchObject({ status: 200 });
    });

    it('lets a stream of events through as it happens, and its end as well', async () => {
      const key = await must(
        new ApiClient(system.url, system.organizerKey).post('/v1/api-keys', { label: name }),
      );
      const headers = { authorization: `Bearer ${key.apiKey}`, 'accept-encoding': 'gzip' };
      const url = `${proxy.url}/v1/events/stream?types=stop.*`;
      const reader = await StreamReader.open(url, headers, { localAddress: from() });
      expect([reader.status, reader.headers['content-type']]).toEqual([200, 'text/event-stream']);
      await until(() => reader.lastEventId !== '');
      const began = Date.now();
      await must(
        new ApiClient(system.url, system.organizerKey).patch(`/v1/stops/${stop.id}`, {
          capacity: 200 + names.indexOf(name),
        }),
      );
      await until(() => reader.subjects.includes(`stop/${stop.id}`));
      // A proxy that buffers would hold it until the next comment.
      expect(Date.now() - began).toBeLessThan(10_000);
      await until(() => reader.comments.length > 0);
      await must(new ApiClient(system.url, system.organizerKey).delete(`/v1/api-keys/${key.id}`));
      await until(() => reader.ended);
    });

    it('answers many requests over kept connections without a gateway error', async () => {
      const statuses = new Set<number>();
      for (let round = 0; round < 20; round += 1) {
        const address = from();
        const answers = await Promise.all(
          Array.from({ length: 20 }, () => send(`${proxy.url}/v1/tours`, { from: address })),
        );
        for (const { status } of answers) statuses.add(status);
      }
      expect([...statuses]).toEqual([200]);
    });
  });
});

/** Comments come every 15 seconds; what is waited for twice as long does not come. */
async function until(isSo: () => boolean, withinMs = 30_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error('What was waited for did not come.');
    await sleep(20);
  }
}
