import { createHash } from 'node:crypto';
import type { Localized } from '#contracts';
import type { MeetingPlace } from '../notices/planned-notice.js';

/** What a calendar shows of a stop: when one of these changes, entries are sent anew. */
export function stopFingerprint(stop: {
  readonly name: Localized;
  readonly venue: { readonly name: Localized; readonly address: Localized | null };
  readonly city: { readonly code: string };
  readonly timeZone: string;
  readonly startsAt: string;
  readonly endsAt: string;
}): string {
  const { name, venue, city, timeZone, startsAt, endsAt } = stop;
  return hashOf([
    ...both(name),
    ...both(venue.name),
    ...both(venue.address),
    city.code,
    timeZone,
    Date.parse(startsAt),
    Date.parse(endsAt),
  ]);
}

/** The same of a talk. */
export function talkFingerprint(talk: {
  readonly title: Localized;
  readonly roomName: Localized | null;
  readonly startsAt: string;
  readonly endsAt: string;
}): string {
  return hashOf([
    ...both(talk.title),
    ...both(talk.roomName),
    Date.parse(talk.startsAt),
    Date.parse(talk.endsAt),
  ]);
}

/** The same of a meeting: its place, and where that is. */
export function meetingFingerprint(
  { startsAt, endsAt, tableNo }: MeetingPlace,
  venue: { readonly name: Localized; readonly address: Localized | null },
): string {
  return hashOf([
    Date.parse(startsAt),
    Date.parse(endsAt),
    tableNo,
    ...both(venue.name),
    ...both(venue.address),
  ]);
}

function both(text: Localized | null): (string | null)[] {
  return [text?.zh ?? null, text?.en ?? null];
}

function hashOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}
