import { Problem, type Localized } from '#contracts';
import { zonedRange } from '#calendar';

export type Placement = { roomId: string; startsAt: string; endsAt: string };
type Frame = { startsAt: string; endsAt: string; timeZone: string; rooms: readonly { id: string }[] };

/** The instant `minutes` after another: lengths are real minutes, also over a change of the clock. */
export function endOf(startsAt: string, minutes: number): string {
  return new Date(Date.parse(startsAt) + minutes * 60_000).toISOString().replace('.000Z', 'Z');
}

/** Why a session can't be there, apart from who else is; null where it can. Touching the stop's ends is inside. */
export function outsideStop(place: Placement, stop: Frame): Problem | null {
  if (!stop.rooms.some((room) => room.id === place.roomId)) {
    return new Problem('session.outside_stop', 'This room is not one of the stop.');
  }
  if (
    Date.parse(place.startsAt) < Date.parse(stop.startsAt) ||
    Date.parse(place.endsAt) > Date.parse(stop.endsAt)
  ) {
    const [asked, allowed] = [place, stop].map((range) => zonedRange(range, stop.timeZone));
    return new Problem('session.outside_stop', `${asked} is not within the stop, ${allowed}.`);
  }
  return null;
}

/** A session in the way, as the `conflicts` member of the answer shows it. */
export type Conflict = { sessionId: string; title: Localized; startsAt: string; endsAt: string };

export type ConflictCause =
  | { kind: 'room'; roomName: Localized }
  | { kind: 'speaker'; speakerName: string }
  | { kind: 'travel'; speakerName: string; cityName: Localized; travelMinutes: number };

/** The refusal with what it collides with, in words on the stop's clock and in `conflicts` (at least one). */
export function conflictProblem(
  cause: ConflictCause,
  conflicts: readonly [Conflict, ...Conflict[]],
  timeZone: string,
): Problem {
  const code = cause.kind === 'room' ? 'session.room_conflict' : 'session.speaker_conflict';
  return new Problem(code, conflictDetail(cause, conflicts, timeZone), { conflicts: [...conflicts] });
}

/** One sentence: who or what is taken, by which session, when, and how many more there are. */
export function conflictDetail(
  cause: ConflictCause,
  conflicts: readonly [Conflict, ...Conflict[]],
  timeZone: string,
): string {
  const [first, ...others] = conflicts;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `${subject(cause)} “${english(first.title)}” from ${zonedRange(first, timeZone)}${more}.`;
}

function subject(cause: ConflictCause): string {
  switch (cause.kind) {
    case 'room':
      return `The room ${english(cause.roomName)} is taken by`;
    case 'speaker':
      return `${cause.speakerName} speaks at the same time in`;
    case 'travel':
      return `${cause.speakerName} needs ${cause.travelMinutes} minutes of travel to or from ${english(cause.cityName)} for`;
  }
}

/** Problem details are in English, names in English where there is one. */
function english(text: Localized): string {
  return text.en ?? text.zh ?? '';
}
