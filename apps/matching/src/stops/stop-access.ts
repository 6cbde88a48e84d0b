import { Problem, type StopState } from '#contracts';

/**
 * Refuses what prepares meetings of a stop that takes place no more: cancelled, completed, or over by the clock, since
 * then it is history who met when.
 */
export function refuseEndedStop(stop: Pick<StopState, 'status' | 'endsAt'>, now: Date): void {
  if (stop.status === 'cancelled') throw new Problem('stop.cancelled', 'The stop is cancelled.');
  if (stop.status === 'completed' || Date.parse(stop.endsAt) <= now.getTime())
    throw new Problem('meeting.closed', 'The stop has ended.');
}
