import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { LaneWorker } from './lane-worker.js';
import { MemoryLaneStore } from './testing/memory-lane-store.js';

const hangMs = 2_000;

describe('a worker', () => {
  it.each([
    ['delivers to those that answer while many others hang', 20, true],
    // Without places for the slow, those that hang have them all: else the case above would prove nothing.
    ['would not, did it not tell the slow from the quick', 60_000, false],
  ])(
    '%s',
    async (_name, slowAfterMs, arrives) => {
      const store = new MemoryLaneStore(() => Date.now(), 30_000);
      for (let lane = 0; lane < 40; lane += 1) {
        store.addLane(`hanging ${lane}`);
        store.addDelivery(`hanging ${lane}`, `h${lane}`, 'key', lane);
      }
      store.addLane('healthy');
      store.addDelivery('healthy', 'wanted', 'key', 100);
      const startedAt = Date.now();
      let arrivedAfterMs = Infinity;
      const worker = new LaneWorker(store, {
        send: async ({ id: laneId }) => {
          if (laneId === 'healthy') arrivedAfterMs = Date.now() - startedAt;
          else await pause(hangMs);
          return { outcome: { kind: laneId === 'healthy' ? 'delivered' : 'unreachable' }, report: null };
        },
        now: () => Date.now(),
        chance: () => 0.5,
        maxInFlight: 4,
        maxLanes: 4,
        slowAfterMs,
        maxSlowLanes: 100,
        maxDownLanes: 2,
        startWithinMs: 10_000,
        idleMs: 1_000,
        onFailed: (error) => {
          throw error;
        },
      });
      worker.start();
      await pause(1_200);
      await worker.stop();
      expect(arrivedAfterMs < 1_000).toBe(arrives);
    },
    20_000,
  );
});
