import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { LaneLimits } from './lane-places.js';
import { LaneWorker } from './lane-worker.js';
import { MemoryLaneStore } from './testing/memory-lane-store.js';

const attemptMs = 15_000;
const answerMs = 20;
const everyMs = 50;
const minuteMs = 60_000;
const limits: LaneLimits = {
  maxLanes: 16,
  keptLanes: 4,
  slowAfterMs: 100,
  maxSlowLanes: 100,
  maxDownLanes: 4,
};
/** Within a second or so they all are slow; or there are more than may be. */
const [many, tooMany] = [100, 250];

beforeEach(() => {
  jest.useFakeTimers({ now: 1_000_000, doNotFake: ['nextTick'] });
});

afterEach(() => {
  jest.useRealTimers();
});

/**
 * A receiver that works gets a message every 50 ms, first alone; then as many others as are wanted hang at once, each as
 * long as an attempt may take.
 * @returns how long messages took from when they were due to when they were sent, before and since then
 */
async function playWith(hanging: number, minutes: number, over: Partial<LaneLimits> = {}) {
  const store = new MemoryLaneStore(() => Date.now(), 30_000);
  const delaysMs: number[] = [];
  const dueAt = new Map<string, number>();
  let leases = 0;
  const worker = new LaneWorker<null>(
    {
      lease: (places) => {
        leases += 1;
        return store.lease(places);
      },
      settle: (leased, result) => store.settle(leased, result),
      nextDueAt: (after) => store.nextDueAt(after),
    },
    {
      ...limits,
      ...over,
      send: async ({ id }, delivery) => {
        if (id === 'healthy') delaysMs.push(Date.now() - (dueAt.get(delivery.id) ?? 0));
        await after(id === 'healthy' ? answerMs : attemptMs);
        return { outcome: { kind: id === 'healthy' ? 'delivered' : 'unreachable' }, report: null };
      },
      now: () => Date.now(),
      chance: () => 0.5,
      maxInFlight: 4,
      startWithinMs: 10_000,
      idleMs: 2_000,
      onFailed: (error) => {
        throw error;
      },
    },
  );
  let position = 0;
  const add = (lane: string) => {
    position += 1;
    store.addDelivery(lane, `${lane} ${position}`, `key ${position}`, position);
    dueAt.set(`${lane} ${position}`, Date.now());
  };
  store.addLane('healthy');
  for (let lane = 0; lane < hanging; lane += 1) store.addLane(`hanging ${lane}`);
  worker.start();
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += everyMs) {
      add('healthy');
      worker.wake();
      await jest.advanceTimersByTimeAsync(everyMs);
    }
  };
  await pass(1_000);
  const alone = delaysMs.splice(0);
  for (let lane = 0; lane < hanging; lane += 1) add(`hanging ${lane}`);
  await pass(minutes * minuteMs);
  const stopped = worker.stop();
  await jest.advanceTimersByTimeAsync(attemptMs);
  await stopped;
  return { alone, among: delaysMs, leases };
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const longest = (delaysMs: readonly number[]) => Math.max(...delaysMs);

describe('a worker', () => {
  it('delivers to one that answers as if it were alone, while many hang', async () => {
    const { alone, among } = await playWith(many, 0.5);
    expect(longest(among)).toBeLessThanOrEqual(longest(alone));
  });

  it('does so while more hang than there are places', async () => {
    const { alone, among } = await playWith(tooMany, 0.5);
    expect(longest(among)).toBeLessThanOrEqual(longest(alone));
  });

  it('would not, were no places kept', async () => {
    const { among } = await playWith(tooMany, 0.5, { keptLanes: 0 });
    expect(longest(among)).toBeGreaterThan(5_000);
  });

  it('would not, did it not tell the slow from the quick', async () => {
    const { among } = await playWith(many, 0.5, { keptLanes: 0, slowAfterMs: 3_600_000 });
    expect(longest(among)).toBeGreaterThan(5_000);
  });

  it('looks at the table no more often for what waits for a place', async () => {
    const { leases } = await playWith(many, 0.5);
    // Each message of the healthy one, and each end of a lane, has it look until nothing is found.
    const messages = (0.5 * minuteMs) / everyMs;
    expect(leases).toBeLessThan(4 * (messages + 3 * many));
  });
});
