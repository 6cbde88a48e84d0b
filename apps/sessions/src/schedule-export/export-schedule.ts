import { DateTime } from 'luxon';
import { inLanguage, type Localized } from '#contracts';
import { orderedJson } from '../schedule-file/ordered-json.js';
import { roomKey } from '../schedule-import/room-key.js';
import type { Members } from '../schedule-file/members.js';
import type { ScheduleDetails } from '../schedule-file/schedule-details.js';
import { exportDays, type ExportDay } from './export-days.js';
import { exportEvents, type ExportSession } from './export-event.js';
import { asUuid } from '../schedule-file/source-identity.js';

export type ExportInput = {
  stop: { id: string; name: Localized; timeZone: string; startsAt: string };
  release: { version: number };
  rooms: readonly { id: string; name: Localized; seats: number }[];
  sessions: readonly ExportSession[];
  lang: 'zh' | 'en';
  /** What the imported file says of the schedule as a whole; null or absent where none was imported. */
  details?: ScheduleDetails | null;
  /** The public address of the API, http or https, without a slash at the end. */
  baseUrl: string;
};

/** schedule.json as frab, pretalx and the C3VOC tools write and read it (c3voc.de/schedule/schema.json). */
export type Schedule = {
  $schema: string;
  generator: { name: string };
  schedule: {
    version: string;
    base_url: string;
    /** What the file says besides; in JSON these are members like the others, here and below. */
    more: Members;
    conference: {
      acronym: string;
      title: string;
      start: string;
      end: string;
      daysCount: number;
      timeslot_duration: string;
      time_zone_name: string;
      rooms: ExportRoom[];
      days: ExportDay[];
      more: Members;
    };
  };
};

export type ExportRoom = {
  name: string;
  guid: string;
  description: string | null;
  capacity: number;
  more: Members;
};

/** A released timetable in that format. Schedules are in one language: `lang`, the other where it is missing. */
export function exportSchedule(input: ExportInput): Schedule {
  const { stop, lang, details = null } = input;
  const roomNames = uniqueRoomNames(input);
  const acronym = acronymOf(stop.id);
  const address = `${input.baseUrl}/v1/stops/${stop.id}/timetable`;
  const days = exportDays(
    exportEvents(input.sessions, { roomNames, acronym, address, lang, timeZone: stop.timeZone }),
    stop,
    [...roomNames.values()],
    details?.days,
  );
  return {
    $schema: 'https://c3voc.de/schedule/schema.json',
    generator: { name: 'Waystop' },
    schedule: {
      version: String(input.release.version),
      base_url: address,
      conference: {
        acronym: details?.acronym ?? acronym,
        title: inLanguage(stop.name, lang),
        start: days[0]?.date ?? '',
        end: days.at(-1)?.date ?? '',
        daysCount: days.length,
        timeslot_duration: slotOf(input.sessions, details?.slot ?? null),
        time_zone_name: stop.timeZone,
        rooms: exportRooms(input, roomNames),
        days,
        more: details?.conference ?? {},
      },
      more: details?.outer ?? {},
    },
  };
}

/** A room keeps the guid that the file has for a room of its name, as long as no other room has it. */
function exportRooms({ rooms, details }: ExportInput, roomNames: ReadonlyMap<string, string>): ExportRoom[] {
  const said = new Map((details?.rooms ?? []).map(({ name, more }) => [roomKey(name), more]));
  const guids = new Set(rooms.map(({ id }) => id));
  return rooms.map(({ id, seats }) => {
    const name = roomNames.get(id) ?? '';
    const { guid: given, description = null, ...more } = said.get(roomKey(name)) ?? {};
    const guid = asUuid(typeof given === 'string' ? given : null);
    const isFree = guid !== null && !guids.has(guid);
    if (isFree) guids.add(guid);
    return {
      name,
      guid: isFree ? guid : id,
      description: typeof description === 'string' ? description : null,
      capacity: seats,
      more,
    };
  });
}

/** Both published schemas must take it: lower case, digits and underscores, at least four. */
function acronymOf(stopId: string): string {
  return `stop_${stopId.replaceAll('-', '').slice(-12)}`;
}

/** Rooms are members of an object there, so two rooms of one name need different names. */
function uniqueRoomNames({ rooms, lang }: ExportInput): Map<string, string> {
  const names = new Map<string, string>();
  for (const room of rooms) {
    const name = inLanguage(room.name, lang);
    const taken = new Set([...names.values()].map(roomKey));
    let free = name;
    for (let copy = 2; taken.has(roomKey(free)); copy += 1) free = `${name} (${copy})`;
    names.set(room.id, free);
  }
  return names;
}

/** The grid on which all sessions begin and end: the file's where it still holds, else five minutes, or one. */
function slotOf(sessions: readonly ExportSession[], given: string | null): string {
  const times = sessions.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]);
  const holds = (minutes: number): boolean =>
    minutes > 0 && times.every((at) => DateTime.fromISO(at).toMillis() % (minutes * 60_000) === 0);
  const [, hours, minutes] = /^(\d{1,2}):([0-5]\d)$/u.exec(given ?? '') ?? [];
  if (given !== null && holds(Number(hours ?? 0) * 60 + Number(minutes ?? 0))) return given;
  return holds(5) ? '00:05' : '00:01';
}

/** The schedule as text. Rooms are members of an object, in the stop's order even where they are called `302`. */
export function scheduleJson({ schedule, ...rest }: Schedule): string {
  const { days, rooms: _rooms, ...conference } = schedule.conference;
  const dayTexts = days.map(({ rooms, ...day }) => {
    const roomsText = orderedJson(rooms.map(({ name, events }) => [name, events.map(asMembers)]));
    return withMember(JSON.stringify(asMembers(day)), 'rooms', roomsText);
  });
  const rooms = schedule.conference.rooms.map(asMembers);
  const conferenceText = withMember(
    JSON.stringify({ ...asMembers(conference), rooms }),
    'days',
    `[${dayTexts.join(',')}]`,
  );
  const { conference: _, ...outer } = schedule;
  return withMember(
    JSON.stringify(rest),
    'schedule',
    withMember(JSON.stringify(asMembers(outer)), 'conference', conferenceText),
  );
}

/** Members of the file never replace those of the format. */
function asMembers<Own extends object>({ more, ...own }: Own & { more: Members }): object {
  return { ...more, ...own };
}

/** A JSON object, which has members already, with one more. */
function withMember(object: string, name: string, value: string): string {
  return `${object.slice(0, -1)},${JSON.stringify(name)}:${value}}`;
}
