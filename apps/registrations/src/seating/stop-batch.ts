import type { Outcome } from '../seats/decision.js';
import type { StopSeats } from '../seats/stop-seats.js';
import type { QueuedCommand } from './queued-command.js';

/** The commands of one stop within a batch of several, and what was decided about them. */
export interface StopBatch {
  /** The stop's row as it was locked. */
  readonly before: StopSeats;
  /** In the order of the outcome's decisions. */
  readonly queued: readonly QueuedCommand[];
  readonly outcome: Outcome;
}

/** The commands by their stops, each stop's in their order. */
export function groupByStop<Queued extends Pick<QueuedCommand, 'stopId'>>(
  queued: readonly Queued[],
): Map<string, Queued[]> {
  const groups = new Map<string, Queued[]>();
  for (const one of queued) {
    const group = groups.get(one.stopId);
    if (group === undefined) groups.set(one.stopId, [one]);
    else group.push(one);
  }
  return groups;
}
