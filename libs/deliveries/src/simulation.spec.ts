import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HOUR_MS, scenario, simulate, type Mistake, type Scenario } from './testing/simulation.js';

const SEEDS = Number(process.env['SIMULATION_SEEDS'] ?? 100);
/** A scenario in which each mistake shows. */
const hard: Scenario = {
  seed: 7,
  receivers: [
    { failing: 40, downFrom: 0, downUntil: HOUR_MS, poison: -1 },
    { failing: 20, downFrom: 0, downUntil: 0, poison: 2 },
  ],
  messages: 30,
  keys: 3,
  killed: 25,
  clockAheadMs: 0,
};

describe('deliveries, simulated', () => {
  it(`lose nothing and keep the order of each key, whatever fails or is killed (${SEEDS} seeds)`, async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const { lost, outOfOrder } = await simulate(given);
        expect({ lost, outOfOrder }).toEqual({ lost: [], outOfOrder: [] });
      }),
      { numRuns: SEEDS },
    );
  }, 600_000);

  it.each<[Mistake, 'lost' | 'outOfOrder']>([
    ['settles before it sends', 'lost'],
    ['forgets the order of keys', 'outOfOrder'],
    ['has no lease', 'outOfOrder'],
  ])('would show a build that %s', async (mistake, shows) => {
    const findings = await simulate(hard, mistake);
    expect(findings[shows]).not.toEqual([]);
    const right = await simulate(hard);
    expect([right.lost, right.outOfOrder]).toEqual([[], []]);
  });

  const askedInADay = async (messages: number, mistake: Mistake) => {
    const dead = { failing: 0, downFrom: 0, downUntil: 48 * HOUR_MS, poison: -1 };
    const given = { seed: 3, receivers: [dead], messages, keys: messages, killed: 0, clockAheadMs: 0 };
    return (await simulate(given, mistake, 24 * HOUR_MS)).requests[0];
  };

  it('ask a dead endpoint at most 40 times a day, however much waits', async () => {
    const requests = await askedInADay(10_000, 'none');
    expect(requests).toBeGreaterThan(20);
    expect(requests).toBeLessThanOrEqual(40);
  });

  it('would show a build that retries each message by itself', async () => {
    expect(await askedInADay(20, 'retries each message by itself')).toBeGreaterThan(40);
  });
});
