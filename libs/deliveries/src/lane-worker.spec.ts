import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { LaneWorker } from './lane-worker.js';
import { MemoryLaneStore } from './testing/memory-lane-store.js';

const maxLanes = 4;
const hangingLanes = 10 * maxLanes;

/** A worker on many receivers that hang until they are let go, and a healthy one behind them. */
function start(slowAfterMs: number) {
  const store = new MemoryLaneStore(() => Date.now(), 3_600_000);
  for (let lane = 0; lane < hangingLanes; lane += 1) {
    store.addLane(`hanging ${lane}`);
    store.addDelivery(`hanging ${lane}`, `h${lane}`, 'key', lane);
  }
  store.addLane('healthy');
  store.addDelivery('healthy', 'wanted', 'key', hangingLanes);
  const [letGo, arrived] = [signal(), signal()];
  const begun: string[] = [];
  const worker = new LaneWorker(store, {
    send: async ({ id: laneId }) => {
      begun.push(laneId);
      if (laneId === 'healthy') arrived.give();
      else await letGo.came;
      return { outcome: { kind: laneId === 'healthy' ? 'delivered' : 'unreachable' }, report: null };
    },
    now: () => Date.now(),
    chance: () => 0.5,
    maxInFlight: 4,
    maxLanes,
    slowAfterMs,
    maxSlowLanes: 100,
    maxDownLanes: 2,
    startWithinMs: 3_600_000,
    idleMs: 20,
    onFailed: (error) => {
      throw error;
    },
  });
  worker.start();
  const stop = async () => {
    letGo.give();
    await worker.stop();
  };
  return { begun, arrived: arrived.came, stop };
}

function signal() {
  let give = (): void => undefined;
  const came = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { came, give: () => give() };
}

describe('a worker', () => {
  it('delivers to those that answer while many others hang', async () => {
    const { begun, arrived, stop } = start(20);
    await arrived;
    expect(begun).toHaveLength(hangingLanes + 1);
    await stop();
  }, 60_000);

  it('would not, did it not tell the slow from the quick', async () => {
    const { begun, stop } = start(3_600_000);
    while (begun.length < maxLanes) await pause(5);
    await pause(100);
    expect(begun).toHaveLength(maxLanes);
    expect(begun).not.toContain('healthy');
    await stop();
  }, 60_000);
});
