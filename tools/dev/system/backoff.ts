/** The longest pause before a process that keeps dying is started again. */
export const LONGEST_PAUSE_MS = 5_000;
/** The pause after the first death. */
export const FIRST_PAUSE_MS = 100;
/** A process that lived this long counts as healthy, and its next death starts from the first pause again. */
export const HEALTHY_AFTER_MS = 10_000;

/**
 * How long to wait before the next start, in milliseconds.
 * @param deathsInARow deaths since the process last lived for HEALTHY_AFTER_MS, this one included (≥ 1)
 */
export function restartPauseMs(deathsInARow: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(deathsInARow - 1, 20));
}

/** Counts this death: a life that was long enough forgives the ones before it. */
export function deathsAfter(deathsBefore: number, livedMs: number): number {
  return livedMs >= HEALTHY_AFTER_MS ? 1 : deathsBefore + 1;
}
