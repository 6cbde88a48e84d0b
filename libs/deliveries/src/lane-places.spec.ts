import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nextPlaceAt, placesFor, type LaneLimits, type RunningLane } from './lane-places.js';

const limits: LaneLimits = {
  maxLanes: 64,
  keptLanes: 16,
  slowAfterMs: 100,
  maxSlowLanes: 1_000,
  maxDownLanes: 8,
};
const now = 1_000_000;
const lanes = (count: number, startedAt: number, down = false): RunningLane[] =>
  Array.from({ length: count }, () => ({ startedAt, down }));

describe('places for lanes', () => {
  it('are for those that are due and for those that took a message last, some kept back', () => {
    expect(placesFor([], limits, now)).toEqual({ due: 36, answering: 12, answeringSince: null, down: 8 });
  });

  it('that are kept are for lanes that took a message while all others hang', () => {
    const hanging = [...lanes(10, now - 5_000), ...lanes(48, now - 50)];
    expect(placesFor(hanging, limits, now)).toEqual({
      due: 0,
      answering: 16,
      answeringSince: now - 5_000,
      down: 0,
    });
  });

  it('become free when lanes turn slow, until there are too many of these', () => {
    const quick = lanes(48, now - 60);
    expect(nextPlaceAt(quick, limits, now)).toBe(now + 40);
    expect(placesFor(quick, limits, now + 40)).toMatchObject({ due: 36, answering: 12 });
    expect(placesFor(lanes(1_048, now - 5_000), limits, now)).toMatchObject({ due: 0, answering: 16 });
    expect(nextPlaceAt(lanes(1_048, now - 5_000), limits, now)).toBe(Infinity);
  });

  it('of lanes that are down are few', () => {
    expect(placesFor(lanes(8, now - 5_000, true), limits, now)).toMatchObject({ due: 36, down: 0 });
  });

  it('are never exceeded, whatever runs', () => {
    const running = fc.array(
      fc.record({ down: fc.boolean(), startedAt: fc.integer({ min: now - 15_000, max: now }) }),
      { maxLength: 1_200 },
    );
    fc.assert(
      fc.property(running, (under) => {
        const { due, answering, down } = placesFor(under, limits, now);
        for (const count of [due, answering, down]) expect(count).toBeGreaterThanOrEqual(0);
        const quick = under.filter(({ startedAt }) => now - startedAt < limits.slowAfterMs).length;
        const isFull = quick >= limits.maxLanes || under.length >= limits.maxLanes + limits.maxSlowLanes;
        if (isFull) expect(due + answering + down).toBe(0);
        else if (due > 0)
          expect(quick + due + answering).toBeLessThanOrEqual(limits.maxLanes - limits.keptLanes);
      }),
    );
  });
});
