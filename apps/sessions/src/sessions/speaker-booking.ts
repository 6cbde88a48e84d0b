import type { StopState } from '#contracts';
import { prefectureOf } from '#reference-data';
import type { SessionRecord } from './session.js';
import { speakerKeys } from './speakers.js';

/**
 * One row of the table whose exclusion constraints keep a speaker from being in two places at once. `talk` is the time
 * on stage; `travel` is the same widened on both sides by the travel time of the session's own tour.
 */
export type BookingRow = {
  sessionId: string;
  organizationId: string;
  speakerKey: string;
  /** Where it is, at prefecture level. */
  place: string;
  kind: 'talk' | 'travel';
  startsAt: string;
  endsAt: string;
};

/**
 * The rows of a scheduled session: two for each speaker. Two sessions in different places are too close exactly if the
 * gap is below the larger travel time, that is below one or the other, that is if the `travel` row of one overlaps the
 * `talk` row of the other. Sorted, so that two transactions take the rows of shared speakers in the same order.
 */
export function bookingRows(
  session: {
    id: string;
    organizationId: string;
    startsAt: string;
    endsAt: string;
    speakerKeys: readonly string[];
  },
  stop: { cityCode: string; speakerTravelMinutes: number },
): BookingRow[] {
  const place = prefectureOf(stop.cityCode);
  const travelMs = stop.speakerTravelMinutes * 60_000;
  return [...new Set(session.speakerKeys)].sort().flatMap((key) => {
    const row = { sessionId: session.id, organizationId: session.organizationId, speakerKey: key, place };
    return [
      { ...row, kind: 'talk' as const, startsAt: session.startsAt, endsAt: session.endsAt },
      {
        ...row,
        kind: 'travel' as const,
        startsAt: moved(session.startsAt, -travelMs),
        endsAt: moved(session.endsAt, travelMs),
      },
    ];
  });
}

/** The bookings that a session's place needs; none where it has no place. */
export function bookingsOf(session: SessionRecord, stop: StopState): BookingRow[] {
  const { id, organizationId, startsAt, endsAt } = session;
  if (startsAt === null || endsAt === null) return [];
  return bookingRows(
    { id, organizationId, startsAt, endsAt, speakerKeys: speakerKeys(session) },
    { cityCode: stop.city.code, speakerTravelMinutes: stop.speakerTravelMinutes },
  );
}

/** Whether the constraints refuse two rows together: what the database decides, in words, for messages and the model. */
export function rowsCollide(a: BookingRow, b: BookingRow): boolean {
  if (a.organizationId !== b.organizationId || a.speakerKey !== b.speakerKey) return false;
  const overlap =
    Date.parse(a.startsAt) < Date.parse(b.endsAt) && Date.parse(b.startsAt) < Date.parse(a.endsAt);
  if (a.kind === 'talk' && b.kind === 'talk') return overlap;
  return a.kind !== b.kind && a.place !== b.place && overlap;
}

function moved(at: string, ms: number): string {
  return new Date(Date.parse(at) + ms).toISOString();
}
