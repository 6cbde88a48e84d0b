import type { ProblemCode } from '#contracts';
import type { Members } from './members.js';
import { controls, directionControls } from './text-flaws.js';

/**
 * The contents of a schedule file, before anything of it is believed. Texts are trimmed, except those that are given back as
 * they were; what is empty is null.
 */
export type RawSchedule = {
  acronym: string | null;
  title: string | null;
  timeZone: string | null;
  /** `hh:mm` before which a start belongs to the night after the day (Pentabarf's day_change). */
  dayChange: string | null;
  rooms: { name: string; capacity: number | null }[];
  days: { date: string | null; start: string | null; events: (RawEvent | null)[] }[];
  /** All that is said of the schedule as a whole and not read into fields, named as in JSON. */
  more: {
    outer: Members;
    conference: Members;
    slot: string | null;
    rooms: { name: string; more: Members }[];
    days: { date: string | null; more: Members }[];
    /** What is not of the form that it should have, in words. */
    dropped: string[];
  };
};

export type RawEvent = {
  id: string | null;
  guid: string | null;
  slug: string | null;
  url: string | null;
  title: string | null;
  /** The title with the white space around it; null where there is none. */
  writtenTitle: string | null;
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
  /** Null where the file does not say it. */
  doNotRecord: boolean | null;
  persons: RawPerson[];
  links: RawLink[];
  attachments: RawLink[];
  /** All other members, named as in JSON. */
  more: Members;
  /** What is wrong with its characters, in sentences. */
  flaws: string[];
};

export type RawLink = { url: string; title: string | null; more?: Members };

export type RawPerson = {
  id: string | null;
  guid: string | null;
  code: string | null;
  name: string | null;
  /** The name with the white space around it; null where there is none. */
  writtenName: string | null;
  /** Whether the name stands in a member `name`; else it is in one of the others, which are in `more`. */
  hasName: boolean;
  email: string | null;
  /** All other members, named as in JSON. */
  more: Members;
};

/** Why a file as a whole can't be read. */
export type ScheduleRefusal = { code: ProblemCode; detail: string };

/** No real conference comes near; a file that does is refused as a whole. */
export const maxEvents = 5_000;
const maxWrittenLength = 250;

/** A text as it may be stored: well-formed, NFC, without control characters, trimmed; null where nothing is left. */
export function cleanText(value: string): string | null {
  return wholeText(value)?.trim() ?? null;
}

/** The same with the white space around it. */
export function wholeText(value: string): string | null {
  const text = value.toWellFormed().replace(controls, '').replace(directionControls, '');
  return text.trim() === '' ? null : text.normalize('NFC');
}

/** A text of one line with the white space around it, where there is some. */
export function writtenText(value: unknown): string | null {
  const written = typeof value === 'string' ? wholeText(value) : null;
  const isPlain = written === null || written === written.trim() || /[\n\r\t]/u.test(written);
  return isPlain || written.length > maxWrittenLength ? null : written;
}

/** The same schedule with each name in one line: of titles, rooms, tracks and persons. */
export function withNamesInLines(schedule: RawSchedule): RawSchedule {
  return {
    ...schedule,
    rooms: schedule.rooms.map((room) => ({ ...room, name: oneLine(room.name) })),
    days: schedule.days.map((day) => ({
      ...day,
      events: day.events.map((event) => event && inLines(event)),
    })),
  };
}

function inLines(event: RawEvent): RawEvent {
  const [title, room, track] = [event.title, event.room, event.track].map((name) => name && oneLine(name));
  const persons = event.persons.map((person) => ({ ...person, name: person.name && oneLine(person.name) }));
  return { ...event, title: title ?? null, room: room ?? null, track: track ?? null, persons };
}

function oneLine(name: string): string {
  return name.replace(/\s*[\t\n\r\u2028\u2029]\s*/gu, ' ');
}

export function tooManyEvents(schedule: RawSchedule): ScheduleRefusal | null {
  const count = schedule.days.reduce((sum, day) => sum + day.events.length, 0);
  if (count <= maxEvents) return null;
  return {
    code: 'request.invalid',
    detail: `The schedule has ${count} events; at most ${maxEvents} are taken at once.`,
  };
}
