import type { Stop } from '#contracts';
import { stopState, type StopState } from '../../shared/stop-state.js';
import type { Availability, PageData } from '../api/page-data.js';

/** A stop with what changes by the minute. */
export interface StopSummary {
  readonly stop: Stop;
  /** `null` where they are not known right now. */
  readonly seats: Availability | null;
  readonly state: StopState;
}

export async function summarize(stop: Stop, data: PageData, nowMs: number): Promise<StopSummary> {
  const isOver = stop.status !== 'published' || nowMs >= Date.parse(stop.endsAt);
  const seats = isOver ? null : await data.availability(stop.id);
  return { stop, seats, state: stopState(stop, seats, nowMs) };
}

/** Those that are still to come or on, before those that are over. */
export const isAhead = ({ state }: StopSummary): boolean => state !== 'over' && state !== 'cancelled';

/** Those of which there is something to count. */
export const hasBegun = ({ state }: StopSummary): boolean => state === 'on' || state === 'over';
