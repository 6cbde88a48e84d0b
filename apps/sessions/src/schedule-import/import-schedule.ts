import {
  maxSessionMinutes,
  maxSpeakers,
  minSessionMinutes,
  readText,
  type Localized,
  type ProblemCode,
} from '#contracts';
import { speakerName, speakersOf, type ImportedSpeaker } from './import-speakers.js';
import { firstDateOf, minutesOf, startOf, timeFrame, type TimeFrame } from './import-times.js';
import {
  withNamesInLines,
  type RawEvent,
  type RawSchedule,
  type ScheduleRefusal,
} from '../schedule-file/raw-schedule.js';
import { keptMembers } from '../schedule-file/members.js';
import { readScheduleJson } from '../schedule-file/read-json.js';
import { readScheduleXml } from '../schedule-file/read-xml.js';
import { scheduleDetails, type ScheduleDetails } from '../schedule-file/schedule-details.js';
import { kindOf, type SessionKind } from '../schedule-file/session-kind.js';
import {
  languageOf,
  shownAbstract,
  sourceDetails,
  type SourceDetails,
} from '../schedule-file/source-details.js';
import { scopeOf, sourceKey } from '../schedule-file/source-identity.js';

/** What an entry calls itself, cut to what an answer shows. */
export type GivenNames = {
  guid: string | null;
  id: string | null;
  title: string | null;
  room: string | null;
};

export type ImportedEntry = {
  /** Known again at the next import: unique in the result. */
  sourceId: string;
  given: GivenNames;
  title: Localized;
  abstract: Localized | null;
  kind: SessionKind;
  track: string | null;
  language: 'zh' | 'en' | null;
  speakers: ImportedSpeaker[];
  room: { name: string; capacity: number | null };
  startsAt: string;
  /** The same as the file has it, wherever the stop is. */
  fileStartsAt: string;
  durationMinutes: number;
  /** What the file says and a session has no field for, so that an export gives it back. */
  source: SourceDetails;
  /** What the entry loses on the way, in whole sentences. */
  remark: string | null;
};

export type RefusedEntry = {
  sourceId: string | null;
  given: GivenNames;
  code: ProblemCode;
  detail: string;
};
export type ImportedSchedule = {
  /** In the order of the file. */
  entries: (ImportedEntry | RefusedEntry)[];
  /** The rooms that the file lists, in its order. */
  roomNames: string[];
  title: string | null;
  /** What the file says of the schedule as a whole, and what of it is left out. */
  details: ScheduleDetails;
  dropped: string[];
};
/** Lengths that the fields of a session can hold, in characters. */
const [maxName, maxTrack] = [200, 100];

export type ImportResult = ImportedSchedule | { refusal: ScheduleRefusal };

/**
 * Reads a schedule, JSON or XML, into sessions to be. Never throws: a file that is none is one refusal, an entry that
 * can't be a session is a refusal of its own, in the order of the file.
 */
export function importSchedule(
  text: string,
  format: 'json' | 'xml',
  stop: { timeZone: string; startsAt: string },
  align: 'start' | null,
): ImportResult {
  const read = format === 'json' ? readScheduleJson(text) : readScheduleXml(text);
  if ('code' in read) return { refusal: read };
  const schedule = withNamesInLines(read);
  const frame = timeFrame(schedule, stop, align);
  const seen = new Set<string>();
  const entries = schedule.days.flatMap((day) =>
    day.events.map((event) => once(seen, entryOf(event, day, schedule, frame))),
  );
  const { details, dropped } = scheduleDetails(read, firstDateOf(stop) - (frame.shiftDays ?? 0) * 86_400_000);
  const roomNames = schedule.rooms.map(({ name }) => name);
  return { entries, roomNames, title: schedule.title, details, dropped };
}

/** A key that stands twice in one file is two entries that claim to be the same: the first is believed. */
function once(seen: Set<string>, entry: ImportedEntry | RefusedEntry): ImportedEntry | RefusedEntry {
  if ('code' in entry) return entry;
  if (seen.has(entry.sourceId))
    return refused(entry.sourceId, entry.given, 'Another entry of this file has the same guid or id.');
  seen.add(entry.sourceId);
  return entry;
}

function entryOf(
  event: RawEvent | null,
  day: RawSchedule['days'][number],
  schedule: RawSchedule,
  frame: TimeFrame,
): ImportedEntry | RefusedEntry {
  if (event === null) return refused(null, nameless, 'This entry is not an object.');
  const given = givenNames(event);
  const scope = scopeOf(schedule);
  const sourceId = sourceKey(event, day.date, scope);
  const startsAt = startOf(event, day, schedule.dayChange, frame);
  const minutes = lengthOf(event, frame);
  const fault = faultOf(event, startsAt, minutes);
  if (fault !== null) return refused(sourceId, given, fault);
  const { details: source, remarks } = sourceDetails(event);
  const abstract = shownAbstract(source);
  return {
    sourceId,
    given,
    title: localized(event.title ?? ''),
    abstract: abstract === null ? null : localized(abstract),
    kind: kindOf(event.type),
    track: fitting(event.track, maxTrack),
    language: languageOf(event.language),
    speakers: speakersOf(event.persons, scope),
    room: {
      name: fitting(event.room, maxName) ?? '',
      capacity: schedule.rooms.find((room) => room.name === event.room)?.capacity ?? null,
    },
    startsAt: startsAt ?? '',
    fileStartsAt: startOf(event, day, schedule.dayChange, { ...frame, shiftDays: null }) ?? '',
    durationMinutes: minutes ?? 0,
    source,
    remark: [...event.flaws, ...remarks, ...lengthRemarks(event), ...personRemarks(event)].join(' ') || null,
  };
}

/** A name that the session's own field can hold; what is longer is not cut into another name. */
function fitting(text: string | null, max: number): string | null {
  if (text === null) return null;
  const read = readText(text, { minLength: 1, maxLength: max, isOneLine: true });
  return 'fault' in read ? null : text;
}

function lengthRemarks({ track, room }: RawEvent): string[] {
  return [
    ...(fitting(track, maxTrack) === track
      ? []
      : [`Its track is longer than ${maxTrack} characters, or shows nothing, and is left out.`]),
    ...(fitting(room, maxName) === room
      ? []
      : [`Its room is longer than ${maxName} characters, or shows nothing, and is left out.`]),
  ];
}

function personRemarks({ persons }: RawEvent): string[] {
  const dropped = persons.flatMap(({ more }) => keptMembers(more, new Set()).dropped);
  const [named, speakers] = [
    persons.filter((person) => speakerName(person) !== null),
    speakersOf(persons, ''),
  ];
  const twice = named.length - speakers.length;
  const isCut = named.some((person) => speakerName(person) !== person.name);
  const nameless = persons.filter((person) => speakerName(person) === null).length;
  return [
    ...[...new Set(dropped)].map((what) => `Left out of its persons: ${what}.`),
    ...(isCut ? [`Names of its persons are cut to ${maxName} characters.`] : []),
    ...(twice === 0 ? [] : [`Left out: ${twice} of its persons, listed twice.`]),
    ...(nameless === 0 ? [] : [`Left out: ${nameless} of its persons, without a name.`]),
  ];
}

/** Everything that is wrong with an entry in one sentence each, or null. */
function faultOf(event: RawEvent, startsAt: string | null, minutes: number | null): string | null {
  const faults = [
    titleFault(event.title),
    startsAt === null ? 'It has no date and start that can be read.' : null,
    minutes === null ? 'It has no duration that can be read.' : null,
    minutes !== null && (minutes < minSessionMinutes || minutes > maxSessionMinutes)
      ? `It lasts ${minutes} minutes; a session lasts ${minSessionMinutes} to ${maxSessionMinutes}.`
      : null,
    event.persons.length > maxSpeakers ? `It has more than ${maxSpeakers} speakers.` : null,
  ].filter((fault) => fault !== null);
  return faults.length === 0 ? null : faults.join(' ');
}

function titleFault(title: string | null): string | null {
  if (title === null) return 'It has no title.';
  const read = readText(title, { minLength: 1, maxLength: maxName, isOneLine: true });
  return 'fault' in read ? `Its title ${read.fault}.` : null;
}

/** The duration, else the time from date to end where the file has both with their offsets. */
function lengthOf(event: RawEvent, frame: TimeFrame): number | null {
  if (event.duration !== null) return minutesOf(event.duration);
  const day = { date: null, start: null, events: [] };
  const still = { ...frame, shiftDays: null };
  const start = startOf(event, day, null, still);
  const end = startOf({ ...event, date: event.end, start: null }, day, null, still);
  return start === null || end === null ? null : Math.ceil((Date.parse(end) - Date.parse(start)) / 60_000);
}

/** Schedules are in any language; ours are distinguished by their script. */
export function localized(text: string): Localized {
  return /\p{Script=Han}/u.test(text) ? { zh: text } : { en: text };
}

const nameless: GivenNames = { guid: null, id: null, title: null, room: null };

function givenNames({ guid, id, title, room }: RawEvent): GivenNames {
  const cut = (text: string | null): string | null => text && text.slice(0, 200).toWellFormed();
  return { guid: cut(guid), id: cut(id), title: cut(title), room: cut(room) };
}

function refused(sourceId: string | null, given: GivenNames, detail: string): RefusedEntry {
  return { sourceId, given, code: 'request.invalid', detail };
}
