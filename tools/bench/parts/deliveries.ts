import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient, must } from '../../../test/support/client.js';
import { registrationRequest, signUp } from '../companies.js';
import { inOwnProcess } from '../in-own-process.js';
import { load } from '../load/load.js';
import type { MeasuredSystem } from '../measured-system.js';
import type { BarePosts } from '../outside/bare-posts-process.js';
import { BenchReceiver } from '../outside/receiver.js';
import { against, perSecond } from '../report.js';
import type { Run } from './run.js';

const endpoints = 20;
const registrations = 500;
const expected = endpoints * registrations;
/** As many as deliveries have: four for each endpoint. */
const connections = 4 * endpoints;
const leastOfBare = 0.5;
const leastPerSecond = 500;
const lookEveryMs = 20;
const withinMs = 120_000;

/** Deliveries a second of what waited for twenty endpoints, against a bare loop that posts the same bytes. */
export async function measureDeliveries(run: Run, measured: MeasuredSystem): Promise<void> {
  const receiver = await BenchReceiver.start();
  try {
    const organizer = new ApiClient(measured.system.url, measured.system.organizerKey);
    const ids = await makePaused(organizer, receiver);
    await register(measured);
    await measured.caughtUp('notifications');
    const before = (await receiver.taken()).count;
    const began = performance.now();
    await Promise.all(ids.map((id) => must(organizer.post(`/v1/webhooks/${id}/enable`))));
    const rate = await rateOf(receiver, before, began);
    const { body } = await receiver.taken();
    const bare = await inOwnProcess<BarePosts, { perSecond: number }>(
      new URL('../outside/bare-posts-process.ts', import.meta.url),
      { url: receiver.url, body, count: expected, connections },
    );
    run.report.add({ what: 'bare loop of undici, the same bytes', figure: perSecond(bare.perSecond) });
    run.report.add({
      what: 'webhook deliveries, 20 endpoints',
      figure: perSecond(rate),
      ...against(rate, bare.perSecond, 'bare', leastOfBare),
    });
    run.report.add({
      what: 'webhook deliveries at least',
      figure: perSecond(rate),
      must: { text: `≥ ${perSecond(leastPerSecond)}`, met: rate >= leastPerSecond },
    });
  } finally {
    receiver.stop();
  }
}

async function makePaused(organizer: ApiClient, { url }: BenchReceiver): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 0; number < endpoints; number += 1) {
    const { id } = await must(organizer.post('/v1/webhooks', { url, types: ['registration.*'] }));
    while ((await must(organizer.get(`/v1/webhooks/${id}`))).state !== 'active') await sleep(lookEveryMs);
    await must(organizer.post(`/v1/webhooks/${id}/pause`));
    ids.push(id);
  }
  return ids;
}

async function register(measured: MeasuredSystem): Promise<void> {
  const { companies } = await signUp(measured.port, registrations);
  const stop = await measured.stops.openStop();
  const requests = companies.map((company) => registrationRequest(company, stop.id));
  await load({ port: measured.port, connections: 64, requests });
}

async function rateOf(receiver: BenchReceiver, before: number, began: number): Promise<number> {
  for (;;) {
    const count = (await receiver.taken()).count - before;
    const seconds = (performance.now() - began) / 1_000;
    if (count >= expected) return count / seconds;
    if (seconds * 1_000 > withinMs) throw new Error(`Only ${count} of ${expected} messages arrived.`);
    await sleep(lookEveryMs);
  }
}
