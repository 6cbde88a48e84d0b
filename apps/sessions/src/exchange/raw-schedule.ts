import type { ProblemCode } from '#contracts';

/** What a schedule file says, before anything of it is believed. Texts are trimmed; what is empty is null. */
export type RawSchedule = {
  acronym: string | null;
  title: string | null;
  timeZone: string | null;
  /** `hh:mm` before which a start belongs to the night after the day (Pentabarf's day_change). */
  dayChange: string | null;
  rooms: { name: string; capacity: number | null }[];
  days: { date: string | null; start: string | null; events: (RawEvent | null)[] }[];
};

export type RawEvent = {
  id: string | null;
  guid: string | null;
  slug: string | null;
  url: string | null;
  title: string | null;
  subtitle: string | null;
  abstract: string | null;
  description: string | null;
  type: string | null;
  track: string | null;
  language: string | null;
  room: string | null;
  date: string | null;
  start: string | null;
  end: string | null;
  duration: string | null;
  doNotRecord: boolean;
  persons: RawPerson[];
  links: { url: string; title: string | null }[];
};

export type RawPerson = {
  id: string | null;
  guid: string | null;
  code: string | null;
  name: string | null;
  email: string | null;
};

/** Why a file as a whole can't be read. */
export type ScheduleRefusal = { code: ProblemCode; detail: string };

/** No real conference comes near; a file that does is refused as a whole. */
export const maxEvents = 5_000;

/** A text as it may be stored: well-formed, NFC, without control characters, trimmed; null where nothing is left. */
export function cleanText(value: string): string | null {
  // oxlint-disable-next-line no-control-regex -- These characters are what must go.
  const text = value.toWellFormed().replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/gu, '');
  return text.normalize('NFC').trim() || null;
}

export function tooManyEvents(schedule: RawSchedule): ScheduleRefusal | null {
  const count = schedule.days.reduce((sum, day) => sum + day.events.length, 0);
  if (count <= maxEvents) return null;
  return {
    code: 'request.invalid',
    detail: `The schedule has ${count} events; at most ${maxEvents} are taken at once.`,
  };
}
