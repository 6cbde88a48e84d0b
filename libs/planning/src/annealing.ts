import type { Random } from './random.js';

/** Sixteen steps of the table halve a chance a little more than once: each is e^(−1/16), in parts of 2¹⁶. */
const DECAY = 61_565;
const STEPS_PER_TEMPERATURE = 16;
const TABLE_LENGTH = 192;

/**
 * The chance, in parts of 2¹⁶, with which simulated annealing takes a step for the worse. A table of whole numbers and
 * not `Math.exp`, whose last digits differ between machines.
 */
const chances = chanceTable();

function chanceTable(): Int32Array {
  const table = new Int32Array(TABLE_LENGTH);
  let chance = 65_536;
  for (let index = 0; index < TABLE_LENGTH; index += 1) {
    table[index] = chance;
    chance = Math.trunc((chance * DECAY) / 65_536);
  }
  return table;
}

/**
 * Whether a step that changes the value by `gain` is taken at this temperature.
 * @param gain points; a step that costs nothing is always taken
 * @param temperature points, at least 1; a loss of this much is taken with a chance of 1 in e
 */
export function accepts(gain: number, temperature: number, random: Random): boolean {
  if (gain >= 0) return true;
  const index = Math.trunc((-gain * STEPS_PER_TEMPERATURE) / temperature);
  const chance = chances[index] ?? 0;
  return random.next() >>> 16 < chance;
}

/**
 * The temperature after `step` of `steps`: it falls with the square of what is left, down to 1.
 * @param hottest points
 */
export function temperatureAt(step: number, steps: number, hottest: number): number {
  const left = Math.trunc(((steps - step) * 1_024) / steps);
  return 1 + Math.trunc((hottest * left * left) / 1_048_576);
}
