import { DateTime, Duration, FixedOffsetZone, IANAZone } from 'luxon';

const dayMs = 86_400_000;
/** Entries are shown right for a year around them, which is more than any client computes for single events. */
const marginMs = 366 * dayMs;

/**
 * A VTIMEZONE (RFC 5545, 3.6.5) that names the zone by its full IANA name, since abbreviations broke imports elsewhere.
 * It lists every change of the offset around the spans as an observance of its own: no recurrence rules that
 * could disagree with the zone data by which the instants were computed.
 */
export function vTimeZone(zone: string, spans: readonly { startsAt: string; endsAt: string }[]): string {
  const from = Math.min(...spans.map((span) => Date.parse(span.startsAt))) - marginMs;
  const until = Math.max(...spans.map((span) => Date.parse(span.endsAt))) + marginMs;
  // Whole days, so that an entry moved by an hour leaves the text alone.
  const first = Math.floor(from / dayMs) * dayMs;
  const observances = [
    observance(zone, first, offsetAt(zone, first)),
    ...changes(zone, first, until).map((at) => observance(zone, at, offsetAt(zone, at - 1))),
  ];
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...observances.flat(), 'END:VTIMEZONE'].join('\r\n');
}

function observance(zone: string, at: number, offsetBefore: number): string[] {
  const name = DateTime.fromMillis(at, { zone }).isInDST ? 'DAYLIGHT' : 'STANDARD';
  const offset = offsetAt(zone, at);
  // DTSTART is local time as the clock before the change showed it.
  const local = DateTime.fromMillis(at, { zone: FixedOffsetZone.instance(offsetBefore) });
  return [
    `BEGIN:${name}`,
    `DTSTART:${local.toFormat("yyyyLLdd'T'HHmmss")}`,
    `TZOFFSETFROM:${utcOffset(offsetBefore)}`,
    `TZOFFSETTO:${utcOffset(offset)}`,
    `END:${name}`,
  ];
}

/** The instants (ms) between two others at which the zone changes its offset, found by halving each day that has one. */
function changes(zone: string, from: number, until: number): number[] {
  const found: number[] = [];
  let offset = offsetAt(zone, from);
  for (let day = from; day < until; day += dayMs) {
    const next = offsetAt(zone, day + dayMs);
    if (next !== offset) found.push(changeWithin(zone, day));
    offset = next;
  }
  return found;
}

function changeWithin(zone: string, day: number): number {
  let [before, after] = [day, day + dayMs];
  const old = offsetAt(zone, before);
  while (after - before > 1000) {
    const middle = before + Math.floor((after - before) / 2000) * 1000;
    if (offsetAt(zone, middle) === old) before = middle;
    else after = middle;
  }
  return after;
}

function offsetAt(zone: string, at: number): number {
  return IANAZone.create(zone).offset(at);
}

function utcOffset(minutes: number): string {
  return (minutes < 0 ? '-' : '+') + Duration.fromObject({ minutes: Math.abs(minutes) }).toFormat('hhmm');
}
