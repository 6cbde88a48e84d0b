import { describe, expect, it } from '@jest/globals';
import { chooseDeliveries } from './choose-deliveries.js';
import { settleAttempt, type Delivery, type Lane, type Outcome } from './lane.js';
import { endpointWaitMs, messageWaitMs } from './retry-schedule.js';

const HOUR = 3_600_000;

describe('the waits of an endpoint', () => {
  it.each([
    [1, 5_000],
    [2, 30_000],
    [3, 120_000],
    [4, 300_000],
    [5, 900_000],
    [6, 1_800_000],
  ])('after failure %d in a row: %d ms', (failures, ms) => {
    expect(endpointWaitMs(failures, null, 0.5)).toBe(ms);
  });

  it('are an hour from then on, give or take a fifth', () => {
    expect([0, 0.5, 1].map((chance) => endpointWaitMs(7, null, chance))).toEqual([
      0.8 * HOUR,
      HOUR,
      1.2 * HOUR,
    ]);
  });

  it('keep what the receiver asks for, up to an hour, and are never shorter than the schedule', () => {
    expect(endpointWaitMs(1, 60_000, 0)).toBe(60_000);
    expect(endpointWaitMs(1, 1_000, 0)).toBe(5_000);
    expect(endpointWaitMs(1, 86_400_000, 0)).toBe(HOUR);
  });

  it('give a message that is refused for itself five tries within the hour', () => {
    const waits = [1, 2, 3, 4, 5].map(messageWaitMs);
    expect(waits.at(-1)).toBeNull();
    expect(waits.slice(0, 4).reduce<number>((sum, ms) => sum + (ms ?? 0), 0)).toBeLessThan(HOUR);
  });
});

describe('an attempt', () => {
  it('that is answered with 2xx ends a row of failures', () => {
    const { lane, delivery } = settle(aLane({ failuresInARow: 4, nextAt: 900 }), aDelivery(), {
      kind: 'delivered',
    });
    expect([lane.failuresInARow, lane.lastSuccessAt, delivery.state]).toEqual([0, 1_000, 'delivered']);
  });

  it('that fails makes the endpoint wait and the message stay', () => {
    const { lane, delivery } = settle(aLane(), aDelivery(), answered(500));
    expect([lane.failuresInARow, lane.nextAt, delivery.state, delivery.attempts]).toEqual([
      1,
      6_000,
      'waiting',
      1,
    ]);
  });

  it('counts once with others that were under way when the first of them failed', () => {
    const first = settle(aLane(), aDelivery(), answered(500)).lane;
    const second = settleAttempt(first, aDelivery(), answered(500), {
      startedAt: 900,
      now: 1_100,
      chance: 0.5,
    });
    expect(second.lane.failuresInARow).toBe(1);
  });

  it('that is answered with 410 ends the endpoint', () => {
    expect(settle(aLane(), aDelivery(), answered(410)).lane.state).toBe('gone');
  });

  it('that fails after five days without a success disables the endpoint', () => {
    const now = 120 * HOUR;
    const at = { startedAt: now, now, chance: 0.5 };
    expect(settleAttempt(aLane(), aDelivery(), answered(503), at).lane.state).toBe('disabled');
    const justBefore = { ...at, now: now - 1 };
    expect(settleAttempt(aLane(), aDelivery(), answered(503), justBefore).lane.state).toBe('active');
  });

  it('that fails when the message is 72 hours old gives it up', () => {
    const now = 72 * HOUR;
    const at = { startedAt: now, now, chance: 0.5 };
    expect(settleAttempt(aLane(), aDelivery(), answered(503), at).delivery.state).toBe('expired');
  });

  it.each([
    [400, true],
    [404, true],
    [422, true],
    [408, false],
    [425, false],
    [429, false],
    [500, false],
  ])('that is answered with %d while others pass is the own fault of the message: %s', (status, own) => {
    const lane = aLane({ lastSuccessAt: 500 });
    const tried = aDelivery({ attempts: 4, firstFailedAt: 100 });
    const settled = settle(lane, tried, answered(status));
    expect(settled.delivery.state).toBe(own ? 'failed' : 'waiting');
    expect(settled.lane.failuresInARow).toBe(own ? 0 : 1);
  });

  it('that is refused while nothing passes is the fault of the endpoint', () => {
    const tried = aDelivery({ attempts: 4, firstFailedAt: 100 });
    const settled = settle(aLane(), tried, answered(400));
    expect([settled.delivery.state, settled.lane.failuresInARow]).toEqual(['waiting', 1]);
  });
});

describe('what is attempted next', () => {
  const a1 = aDelivery({ id: 'a1', key: 'a', position: 1 });
  const a2 = aDelivery({ id: 'a2', key: 'a', position: 2 });
  const b3 = aDelivery({ id: 'b3', key: 'b', position: 3 });
  const ids = (lane: Lane, waiting: Delivery[], underWay: string[] = [], maxInFlight = 4) =>
    chooseDeliveries(lane, waiting, new Set(underWay), { now: 1_000, maxInFlight }).map(({ id }) => id);

  it('is the first of each key, in order, as many as may be under way', () => {
    expect(ids(aLane(), [a1, a2, b3])).toEqual(['a1', 'b3']);
    expect(ids(aLane(), [a1, a2, b3], [], 1)).toEqual(['a1']);
    expect(ids(aLane(), [a2, b3], ['a'])).toEqual(['b3']);
  });

  it('is nothing while the endpoint waits, is gone, or while the first of a key waits', () => {
    expect(ids(aLane({ nextAt: 1_001 }), [a1])).toEqual([]);
    expect(ids(aLane({ state: 'gone' }), [a1])).toEqual([]);
    expect(ids(aLane(), [{ ...a1, nextAt: 2_000 }, a2, b3])).toEqual(['b3']);
  });

  it('is one message where the endpoint is down, and not one that it refused for itself', () => {
    const down = aLane({ failuresInARow: 3 });
    expect(ids(down, [a1, a2, b3])).toEqual(['a1']);
    expect(ids(down, [{ ...a1, refused: true }, a2, b3])).toEqual(['b3']);
    expect(ids(down, [{ ...a1, refused: true }, a2])).toEqual(['a1']);
    expect(ids(down, [b3], ['a'])).toEqual([]);
  });
});

function aLane(over: Partial<Lane> = {}): Lane {
  return {
    state: 'active',
    failuresInARow: 0,
    lastFailureAt: null,
    lastSuccessAt: 0,
    nextAt: 0,
    ...over,
  };
}

function aDelivery(over: Partial<Delivery> = {}): Delivery {
  return {
    id: 'd1',
    key: 'a',
    position: 1,
    state: 'waiting',
    attempts: 0,
    createdAt: 0,
    firstFailedAt: null,
    nextAt: 0,
    refused: false,
    ...over,
  };
}

function settle(lane: Lane, delivery: Delivery, outcome: Outcome) {
  return settleAttempt(lane, delivery, outcome, { startedAt: 1_000, now: 1_000, chance: 0.5 });
}

function answered(status: number): Outcome {
  return { kind: 'answered', status, retryAfterMs: null };
}
