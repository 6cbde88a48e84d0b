/** Swedish writes dates as ISO 8601 does. */
const locale = 'sv-SE';
const formats = new Map<string, Intl.DateTimeFormat>();
/** Zones remembered at most; beyond it the memory starts anew. */
const maxFormats = 1_000;
const [dateLength, minuteLength] = ['2027-01-16'.length, '2027-01-16 09:00'.length];

/** An instant on a stop's clock, for messages to people: `2026-12-12 09:00`. */
export function localTime(at: string | Date, timeZone: string): string {
  return localSecond(at, timeZone).slice(0, minuteLength);
}

/** The same to the second: `2026-12-12 09:00:00`. */
export function localSecond(at: string | Date, timeZone: string): string {
  return formatOf(timeZone).format(new Date(at));
}

/** The day that a calendar of this zone shows: `2026-12-12`. */
export function localDate(at: string | Date, timeZone: string): string {
  return localSecond(at, timeZone).slice(0, dateLength);
}

/** A range of time on a stop's clock: `2026-12-12 09:00 to 09:45`, with a second date where it ends on another day. */
export function localRange(
  { startsAt, endsAt }: { startsAt: string | Date; endsAt: string | Date },
  timeZone: string,
): string {
  const [start, end] = [localTime(startsAt, timeZone), localTime(endsAt, timeZone)];
  const isSameDay = start.slice(0, dateLength) === end.slice(0, dateLength);
  return `${start} to ${isSameDay ? end.slice(dateLength + 1) : end}`;
}

/** An instant with whose clock it is on, for whoever reads it elsewhere: `2026-12-12 09:00 (Asia/Shanghai)`. */
export function zonedTime(at: string | Date, timeZone: string): string {
  return `${localTime(at, timeZone)} (${timeZone})`;
}

/** A range likewise: `2026-12-12 09:00 to 09:45 (Asia/Shanghai)`. */
export function zonedRange(range: Parameters<typeof localRange>[0], timeZone: string): string {
  return `${localRange(range, timeZone)} (${timeZone})`;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  if (formats.size >= maxFormats) formats.clear();
  const format = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(timeZone, format);
  return format;
}
