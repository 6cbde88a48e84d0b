import { describe, expect, it } from '@jest/globals';
import { Simulation, type Mistake } from './simulation.js';

/** `SEED=123 npm test -- simulation` repeats one course of events. */
const only = process.env['SEED'];
const seeds = Number(process.env['SIMULATION_SEEDS'] ?? 300);

/** @returns the first seed at which something is wrong, and what */
async function findFailure(
  upTo: number,
  mistake?: Mistake,
): Promise<{ seed: number; faults: string[] } | null> {
  const first = only === undefined ? 1 : Number(only);
  for (let seed = first; seed < (only === undefined ? 1 + upTo : first + 1); seed += 1) {
    const faults = await new Simulation(seed, mistake).run();
    if (faults.length > 0) return { seed, faults };
  }
  return null;
}

describe('outbox, stream and inbox with everything going wrong', () => {
  it(
    `loses nothing, repeats nothing and ends equal, with ${seeds} seeds`,
    async () => {
      const failure = await findFailure(seeds);
      if (failure !== null) console.error(`Repeat it with SEED=${failure.seed} npm test -- simulation`);
      expect(failure).toBeNull();
    },
    60_000 + seeds * 400,
  );

  it('takes the same course with the same seed', async () => {
    const runs = [new Simulation(7, 'no inbox').run(), new Simulation(7, 'no inbox').run()];
    const [one, other] = await Promise.all(runs);
    expect(one).toEqual(other);
  });

  const mistakes: [Mistake, string][] = [
    ['mark before ack', 'never took effect'],
    ['ack before commit', 'never took effect'],
    ['no version guard', 'its copy at'],
    ['no inbox', 'times'],
    ['no look at the stream', 'never took effect'],
  ];
  it.each(mistakes)('finds the mistake: %s', async (mistake, said) => {
    const failure = await findFailure(50, mistake);
    expect(failure?.faults.join('; ')).toContain(said);
  });
});
