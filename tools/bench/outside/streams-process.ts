import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient, must } from '../../../test/support/client.js';
import { answerParent } from '../in-own-process.js';
import { EventReader } from './event-reader.js';

export interface StreamsPlan {
  readonly url: string;
  readonly organizerKey: string;
  /** Keys of the same organization. */
  readonly keys: readonly string[];
  readonly streamsOfKey: number;
  /** A stop whose capacity changes again and again. */
  readonly stopId: string;
  readonly changes: number;
  /** Each change adds one to it. */
  readonly firstCapacity: number;
}

export interface StreamsResult {
  readonly streams: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly longestMs: number;
  /** Events that a stream did not have in time. */
  readonly missing: number;
}

const openTogether = 100;
const pauseMs = 200;
const patienceMs = 5_000;

/** Opens streams, changes a stop, and times how long each change takes to every stream but a stalled one. */
answerParent<StreamsPlan, StreamsResult>(async (plan) => {
  const all = await openAll(plan);
  const [stalled, ...readers] = all;
  stalled?.stall();
  await sleep(1_000);
  const organizer = new ApiClient(plan.url, plan.organizerKey);
  const delaysMs: number[] = [];
  let missing = 0;
  for (let change = 1; change <= plan.changes; change += 1) {
    await must(organizer.patch(`/v1/stops/${plan.stopId}`, { capacity: plan.firstCapacity + change }));
    await allHave(readers, change, performance.now() + patienceMs);
    const behind = readers.flatMap((reader) => reader.behindMs(change - 1) ?? []);
    delaysMs.push(...behind);
    missing += readers.length - behind.length;
    await sleep(pauseMs);
  }
  for (const reader of all) reader.close();
  const sorted = delaysMs.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
  return { streams: all.length, p50Ms: at(0.5), p99Ms: at(0.99), longestMs: at(1), missing };
});

async function openAll({ url, keys, streamsOfKey }: StreamsPlan): Promise<EventReader[]> {
  const all = keys.flatMap((key) => Array.from({ length: streamsOfKey }, () => key));
  const readers: EventReader[] = [];
  for (let at = 0; at < all.length; at += openTogether) {
    const some = all
      .slice(at, at + openTogether)
      .map((key) => EventReader.open(`${url}/v1/events/stream?types=stop.changed`, key));
    readers.push(...(await Promise.all(some)));
  }
  const refused = readers.filter(({ status }) => status !== 200);
  if (refused.length > 0) throw new Error(`${refused.length} streams were refused: ${refused[0]?.status}.`);
  return readers;
}

/** One look at all of them now and then: what waits for each by itself would keep this process busier than its streams. */
async function allHave(readers: readonly EventReader[], count: number, until: number): Promise<void> {
  while (performance.now() < until && readers.some((reader) => reader.count < count)) await sleep(50);
}
