const hourMs = 3_600_000;

/**
 * How long those who left are kept, so that a calendar's cancellation can still reach them. Pruning takes a while, so
 * that nobody is kept for more than 72 hours.
 */
export const departedKeptMs = 71 * hourMs;

/** Who left before this instant is kept no longer. */
export function departedKeptSince(now: Date): Date {
  return new Date(now.getTime() - departedKeptMs);
}
