import { DateTime, Duration, FixedOffsetZone, type Zone } from 'luxon';
import { dayMs } from './remembered-zone.js';

/** Around each instant so many days are right, so that an entry moved by a few days still finds its offset. */
const marginDays = 7;

/** An offset of the zone from an instant on. */
type Observance = { at: number; before: number; after: number };

/**
 * A VTIMEZONE (RFC 5545, 3.6.5) that names the zone by its full IANA name, since abbreviations broke imports elsewhere.
 * It lists the offsets around the given instants as observances of their own: no recurrence rules, and no second copy of
 * the zone data as libraries for this bring it, that could disagree with the data by which the instants were computed.
 * What lies between two far instants is not looked at.
 */
export function vTimeZone(zone: Zone, instants: readonly number[]): string {
  const lines = observancesNear(zone, instants).flatMap((observance) => linesOf(zone, observance));
  return ['BEGIN:VTIMEZONE', `TZID:${zone.name}`, ...lines, 'END:VTIMEZONE'].join('\r\n');
}

/** In order: the offset with which the days around each instant begin, where it is not yet known, and each change. */
function observancesNear(zone: Zone, instants: readonly number[]): Observance[] {
  const found: Observance[] = [];
  for (const day of daysAround(instants)) {
    const [start, end] = [day * dayMs, (day + 1) * dayMs];
    const offset = zone.offset(start);
    const known = found.at(-1)?.after;
    if (known !== offset) found.push({ at: start, before: known ?? offset, after: offset });
    if (zone.offset(end) !== offset) found.push(changeWithin(zone, start, end));
  }
  return found;
}

/** The numbers of the days (UTC, since 1970) around the instants, each once, in order. */
function daysAround(instants: readonly number[]): number[] {
  const days = new Set<number>();
  for (const middle of new Set(instants.map((ms) => Math.floor(ms / dayMs)))) {
    for (let day = middle - marginDays; day <= middle + marginDays; day += 1) days.add(day);
  }
  return [...days].sort((a, b) => a - b);
}

/** Found by halving, to the second. */
function changeWithin(zone: Zone, start: number, end: number): Observance {
  let [before, after] = [start, end];
  const old = zone.offset(before);
  while (after - before > 1000) {
    const middle = before + Math.floor((after - before) / 2000) * 1000;
    if (zone.offset(middle) === old) before = middle;
    else after = middle;
  }
  return { at: after, before: old, after: zone.offset(after) };
}

function linesOf(zone: Zone, { at, before, after }: Observance): string[] {
  const name = DateTime.fromMillis(at, { zone }).isInDST ? 'DAYLIGHT' : 'STANDARD';
  // DTSTART is local time as the clock before the change showed it.
  const local = DateTime.fromMillis(at, { zone: FixedOffsetZone.instance(before) });
  return [
    `BEGIN:${name}`,
    `DTSTART:${local.toFormat("yyyyLLdd'T'HHmmss")}`,
    `TZOFFSETFROM:${utcOffset(before)}`,
    `TZOFFSETTO:${utcOffset(after)}`,
    `END:${name}`,
  ];
}

function utcOffset(minutes: number): string {
  return (minutes < 0 ? '-' : '+') + Duration.fromObject({ minutes: Math.abs(minutes) }).toFormat('hhmm');
}
