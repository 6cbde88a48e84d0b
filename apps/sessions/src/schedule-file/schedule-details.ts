import { keptMembers, type Members } from './members.js';
import type { RawSchedule } from './raw-schedule.js';

/** What a file says of its schedule as a whole, kept with the stop and given back by an export. */
export type ScheduleDetails = {
  acronym: string | null;
  /** The grid of the file's times, `hh:mm`. */
  slot: string | null;
  /** Members beside the conference. */
  outer: Members;
  conference: Members;
  /** By the name that the file has for the room. */
  rooms: { name: string; more: Members }[];
  /** By the number that the day has at the stop, whose first one is 1. */
  days: { day: number; more: Members }[];
};

const maxAcronymLength = 100;
/** A stop lasts 31 days at most, which can be on 32 dates. */
const maxDays = 32;
const dayMs = 86_400_000;

/**
 * @param firstDate the date of the file that is the stop's first day, in milliseconds of UTC
 * @returns the details, and in words what an export will not give back
 */
export function scheduleDetails(
  schedule: RawSchedule,
  firstDate: number,
): { details: ScheduleDetails; dropped: string[] } {
  const { outer, conference, rooms, days } = schedule.more;
  const dropped = [...schedule.more.dropped];
  const kept = (members: Members): Members => {
    const { members: some, dropped: others } = keptMembers(members, new Set());
    dropped.push(...others);
    return some;
  };
  const details = {
    acronym: acronymOf(schedule.acronym),
    slot: schedule.more.slot,
    outer: kept(outer),
    conference: kept(conference),
    rooms: onceEach(rooms)
      .map(({ name, more }) => ({ name, more: kept(more) }))
      .filter(saysSomething),
    days: days
      .map(({ date, more }) => ({ day: dayNumber(date, firstDate), more: kept(more) }))
      .filter(saysSomething),
  };
  const unknown = details.days.filter(({ day }) => !(day >= 1 && day <= maxDays));
  details.days = details.days.filter((day) => !unknown.includes(day));
  if (unknown.length > 0) dropped.push('what it says of days on which the stop does not take place');
  if (details.acronym !== schedule.acronym) dropped.push('its acronym, which is too long');
  return { details, dropped: [...new Set(dropped)] };
}

function acronymOf(acronym: string | null): string | null {
  return acronym !== null && acronym.length <= maxAcronymLength ? acronym : null;
}

/** Rooms in the order of the file; one that stands there for each day has all that is said on any of them. */
function onceEach(rooms: RawSchedule['more']['rooms']): RawSchedule['more']['rooms'] {
  const known = new Map<string, Members>();
  for (const { name, more } of rooms) known.set(name, { ...known.get(name), ...more });
  return [...known].map(([name, more]) => ({ name, more }));
}

function saysSomething({ more }: { more: Members }): boolean {
  return Object.keys(more).length > 0;
}

/** NaN for what is no date. */
function dayNumber(date: string | null, firstDate: number): number {
  const ms = /^\d{4}-\d\d-\d\d$/u.test(date ?? '') ? Date.parse(`${date}T00:00:00Z`) : NaN;
  return (ms - firstDate) / dayMs + 1;
}
