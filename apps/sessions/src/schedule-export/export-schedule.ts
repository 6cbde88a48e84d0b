import { DateTime } from 'luxon';
import { inLanguage, type Localized } from '#contracts';
import { orderedJson } from '../schedule-file/ordered-json.js';
import { exportDays, type ExportDay } from './export-days.js';
import { exportEvents, type ExportEvent, type ExportSession } from './export-event.js';

export type ExportInput = {
  stop: { id: string; name: Localized; timeZone: string; startsAt: string };
  release: { version: number };
  rooms: readonly { id: string; name: Localized; seats: number }[];
  sessions: readonly ExportSession[];
  lang: 'zh' | 'en';
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
    conference: {
      acronym: string;
      title: string;
      start: string;
      end: string;
      daysCount: number;
      timeslot_duration: string;
      time_zone_name: string;
      rooms: { name: string; guid: string; description: null; capacity: number }[];
      days: ExportDay[];
    };
  };
};

/** A released timetable in that format. Schedules are in one language: `lang`, the other where it is missing. */
export function exportSchedule(input: ExportInput): Schedule {
  const { stop, lang } = input;
  const roomNames = uniqueRoomNames(input);
  const acronym = acronymOf(stop.id);
  const address = `${input.baseUrl}/v1/stops/${stop.id}/timetable`;
  const days = exportDays(
    exportEvents(input.sessions, { roomNames, acronym, address, lang, timeZone: stop.timeZone }),
    stop,
    [...roomNames.values()],
  );
  return {
    $schema: 'https://c3voc.de/schedule/schema.json',
    generator: { name: 'Waystop' },
    schedule: {
      version: String(input.release.version),
      base_url: address,
      conference: {
        acronym,
        title: inLanguage(stop.name, lang),
        start: days[0]?.date ?? '',
        end: days.at(-1)?.date ?? '',
        daysCount: days.length,
        timeslot_duration: slotOf(input.sessions),
        time_zone_name: stop.timeZone,
        rooms: input.rooms.map(({ id, seats }) => {
          return { name: roomNames.get(id) ?? '', guid: id, description: null, capacity: seats };
        }),
        days,
      },
    },
  };
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
    const taken = new Set(names.values());
    let free = name;
    for (let copy = 2; taken.has(free); copy += 1) free = `${name} (${copy})`;
    names.set(room.id, free);
  }
  return names;
}

/** The grid on which all sessions begin and end: five minutes, or one. */
function slotOf(sessions: readonly ExportSession[]): string {
  const times = sessions.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]);
  return times.every((at) => DateTime.fromISO(at).toMillis() % 300_000 === 0) ? '00:05' : '00:01';
}

/** The schedule as text. Rooms are members of an object, in the stop's order even where they are called `302`. */
export function scheduleJson({ schedule, ...rest }: Schedule): string {
  const { days, ...conference } = schedule.conference;
  const dayTexts = days.map(({ rooms, ...day }) => {
    const roomsText = orderedJson(rooms.map(({ name, events }) => [name, events.map(asMembers)]));
    return withMember(JSON.stringify(day), 'rooms', roomsText);
  });
  const conferenceText = withMember(JSON.stringify(conference), 'days', `[${dayTexts.join(',')}]`);
  const { conference: _, ...outer } = schedule;
  return withMember(
    JSON.stringify(rest),
    'schedule',
    withMember(JSON.stringify(outer), 'conference', conferenceText),
  );
}

/** Members of the file never replace those of the format. */
function asMembers({ more, ...event }: ExportEvent): object {
  return { ...more, ...event };
}

/** A JSON object, which has members already, with one more. */
function withMember(object: string, name: string, value: string): string {
  return `${object.slice(0, -1)},${JSON.stringify(name)}:${value}}`;
}
