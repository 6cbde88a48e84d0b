import fc from 'fast-check';
import type { Delivery, Outcome } from '../lane.js';
import { runLane, type LaneResult, type LeasedLane } from '../lane-run.js';
import { endpointWaitMs } from '../retry-schedule.js';
import { MemoryLaneStore } from './memory-lane-store.js';
import { VirtualClock } from './virtual-clock.js';

export const HOUR_MS = 3_600_000;
const LEASE_MS = 30_000;
const START_WITHIN_MS = 10_000;
/** More than there are lanes. */
const places = { due: 6, answering: 2, answeringSince: null, down: 4 };
/** A worker looks for due lanes at this pace, as long as there are any. */
const PACE_MS = 250;

/** How a simulated receiver behaves. */
export interface Receiver {
  /** Parts of a hundred that fail with 503. */
  readonly failing: number;
  /** Down between these instants. */
  readonly downFrom: number;
  readonly downUntil: number;
  /** The message that it refuses for ever, by position; −1 for none. */
  readonly poison: number;
}

export interface Scenario {
  readonly seed: number;
  readonly receivers: readonly Receiver[];
  readonly messages: number;
  readonly keys: number;
  /** Parts of a hundred of the runs whose process is killed before it can write the result. */
  readonly killed: number;
  /** How far the clock of the second worker is ahead, in milliseconds; it jumps to that after an hour. */
  readonly clockAheadMs: number;
}

/** A mistake that a careless build could make; the simulation has to notice each. */
export type Mistake =
  | 'none'
  | 'settles before it sends'
  | 'forgets the order of keys'
  | 'has no lease'
  | 'retries each message by itself';

export interface Findings {
  readonly lost: string[];
  readonly outOfOrder: string[];
  readonly requests: number[];
}

export const scenario: fc.Arbitrary<Scenario> = fc.record({
  seed: fc.nat(),
  receivers: fc.array(
    fc.record({
      failing: fc.integer({ min: 0, max: 60 }),
      downFrom: fc.integer({ min: 0, max: 2 * HOUR_MS }),
      downUntil: fc.integer({ min: 0, max: 6 * HOUR_MS }),
      poison: fc.integer({ min: -1, max: 5 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  messages: fc.integer({ min: 1, max: 40 }),
  keys: fc.integer({ min: 1, max: 6 }),
  killed: fc.integer({ min: 0, max: 30 }),
  clockAheadMs: fc.integer({ min: -5 * 60_000, max: 5 * 60_000 }),
});

/** Lets two workers deliver a scenario's messages, by default for a day and a half, and returns what went wrong. */
export async function simulate(
  given: Scenario,
  mistake: Mistake = 'none',
  durationMs = 36 * HOUR_MS,
): Promise<Findings> {
  const clock = new VirtualClock();
  const random = pseudoRandom(given.seed);
  const store = new MemoryLaneStore(() => clock.now, mistake === 'has no lease' ? 0 : LEASE_MS);
  const received = given.receivers.map((): { key: string; position: number; underWay: number }[] => []);
  const requests = given.receivers.map(() => 0);
  const open = given.receivers.map(() => new Set<string>());
  const outOfOrder: string[] = [];

  given.receivers.forEach((_, lane) => store.addLane(String(lane)));
  for (let position = 0; position < given.messages; position += 1)
    for (const lane of given.receivers.keys())
      store.addDelivery(String(lane), `${lane}-${position}`, keyOf(position), position);
  function keyOf(position: number): string {
    return mistake === 'forgets the order of keys' ? String(position) : String(position % given.keys);
  }

  const send = async ({ id: laneId }: LeasedLane, delivery: { id: string; position: number }) => {
    const lane = Number(laneId);
    const receiver = given.receivers[lane];
    requests[lane] = (requests[lane] ?? 0) + 1;
    const key = String(delivery.position % given.keys);
    if (open[lane]?.has(key) === true) outOfOrder.push(`${laneId}: two of key ${key} at once`);
    open[lane]?.add(key);
    await clock.after(20 + random(400));
    open[lane]?.delete(key);
    const outcome = answerOf(receiver, delivery.position, clock.now, random);
    if (outcome.kind === 'delivered')
      received[lane]?.push({ key, position: delivery.position, underWay: clock.now });
    return { outcome, report: null };
  };

  const work = async (leased: LeasedLane, clockNow: () => number) => {
    const killed = random(100) < given.killed;
    if (mistake === 'settles before it sends' && killed) {
      const delivered = leased.waiting.map((one) => ({ ...one, state: 'delivered' as const }));
      await store.settle(leased, { lane: leased.lane, deliveries: delivered, attempts: [] });
      return;
    }
    const result = await runLane(leased, {
      send,
      now: clockNow,
      chance: () => random(1_000) / 1_000,
      maxInFlight: 4,
      startUntil: clockNow() + START_WITHIN_MS,
    });
    if (!killed)
      await store.settle(leased, mistake === 'retries each message by itself' ? byMessage(result) : result);
  };

  const worker = async (clockNow: () => number): Promise<never> => {
    for (;;) {
      for (const leased of await store.lease(places)) void work(leased, clockNow);
      const dueAt = await store.nextDueAt(clock.now);
      await clock.after(Math.max(PACE_MS, (dueAt ?? Infinity) - clock.now));
    }
  };
  void worker(() => clock.now);
  void worker(() => clock.now + (clock.now < HOUR_MS ? 0 : given.clockAheadMs));
  await clock.runUntil(durationMs);

  // What stands behind a message that is refused for ever may wait as long as nothing else tells whose fault that is.
  const isWaiting = (lane: number, position: number) =>
    store.waitingOf(String(lane)).some((one) => one.position === position);
  const lost = given.receivers.flatMap((receiver, lane) =>
    Array.from({ length: given.messages }, (_, position) => position)
      .filter((position) => receiver.poison < 0 || !isWaiting(lane, position))
      .filter((position) => position !== receiver.poison)
      .filter((position) => !received[lane]?.some((one) => one.position === position))
      .map((position) => `${lane}-${position}`),
  );
  received.forEach((list, lane) => outOfOrder.push(...firstArrivalsOutOfOrder(list, lane)));
  return { lost, outOfOrder, requests };
}

/** The endpoint's failures forgotten, and a schedule for each message. */
function byMessage(result: LaneResult<null>): LaneResult<null> {
  const deliveries = result.deliveries.map((one): Delivery => {
    if (one.state !== 'waiting' || one.firstFailedAt === null) return one;
    return { ...one, nextAt: one.firstFailedAt + endpointWaitMs(one.attempts, null, 0.5) };
  });
  return { ...result, deliveries, lane: { ...result.lane, failuresInARow: 0, nextAt: 0 } };
}

/** Repetitions may come late; the first arrivals of a key may not pass each other. */
function firstArrivalsOutOfOrder(list: readonly { key: string; position: number }[], lane: number): string[] {
  const seen = new Set<number>();
  const last = new Map<string, number>();
  const wrong: string[] = [];
  for (const { key, position } of list) {
    if (seen.has(position)) continue;
    seen.add(position);
    if ((last.get(key) ?? -1) > position) wrong.push(`${lane}: ${position} of key ${key} came late`);
    last.set(key, position);
  }
  return wrong;
}

function answerOf(
  receiver: Receiver | undefined,
  position: number,
  now: number,
  random: (below: number) => number,
): Outcome {
  if (receiver === undefined) return { kind: 'unreachable' };
  if (now >= receiver.downFrom && now < receiver.downUntil) return { kind: 'unreachable' };
  if (position === receiver.poison) return { kind: 'answered', status: 400, retryAfterMs: null };
  if (random(100) < receiver.failing) return { kind: 'answered', status: 503, retryAfterMs: null };
  return { kind: 'delivered' };
}

function pseudoRandom(seed: number): (below: number) => number {
  let state = seed | 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.trunc(((state >>> 0) / 4_294_967_296) * below);
  };
}
