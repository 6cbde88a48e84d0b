import { DateTime } from 'luxon';

const [date, time] = ['yyyy-LL-dd', 'HH:mm'];

/** An instant on a stop's clock, for messages to people: `2026-12-12 09:00`. */
export function localTime(at: string, timeZone: string): string {
  return DateTime.fromISO(at, { zone: timeZone }).toFormat(`${date} ${time}`);
}

/** A range of time on a stop's clock: `2026-12-12 09:00 to 09:45`, with a second date where it ends on another day. */
export function localRange(
  { startsAt, endsAt }: { startsAt: string; endsAt: string },
  timeZone: string,
): string {
  const [start, end] = [startsAt, endsAt].map((at) => DateTime.fromISO(at, { zone: timeZone }));
  if (start === undefined || end === undefined) return '';
  const isSameDay = start.hasSame(end, 'day');
  return `${start.toFormat(`${date} ${time}`)} to ${end.toFormat(isSameDay ? time : `${date} ${time}`)}`;
}
