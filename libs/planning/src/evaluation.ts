import type { MeetingPlace, MeetingProblem } from './meeting-problem.js';

export interface PlanPenalty {
  readonly kind: 'moved';
  readonly count: number;
  readonly points: number;
}

export interface PlanValue {
  /** Weights of the meetings that have a place, less the points of all penalties. */
  readonly value: number;
  readonly penalties: readonly PlanPenalty[];
}

/**
 * What a plan is worth, counted from the problem and the places alone.
 * @param places by the meeting's id; a meeting without one has no place
 */
export function evaluatePlan(
  { meetings, movePoints }: MeetingProblem,
  places: ReadonlyMap<string, MeetingPlace>,
): PlanValue {
  let weights = 0;
  let moved = 0;
  for (const { id, weight, present } of meetings) {
    const place = places.get(id);
    if (place === undefined) continue;
    weights += weight;
    if (present !== undefined && present.slot !== place.slot) moved += 1;
  }
  const points = moved * movePoints;
  return { value: weights - points, penalties: moved === 0 ? [] : [{ kind: 'moved', count: moved, points }] };
}
