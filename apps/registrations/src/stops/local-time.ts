/** Swedish writes dates as ISO 8601 does. */
const locale = 'sv-SE';
const formats = new Map<string, Intl.DateTimeFormat>();
/** Zones remembered at most; beyond it the memory starts anew. */
const maxFormats = 1_000;

/** What a clock of this zone shows, to the second, such as `2027-01-16 09:00:00`. */
export function localTime(instant: Date, timeZone: string): string {
  return formatOf(timeZone).format(instant);
}

/** The day that a calendar of this zone shows, such as `2027-01-16`. */
export function localDate(instant: Date, timeZone: string): string {
  return localTime(instant, timeZone).slice(0, 10);
}

/** Without seconds, such as `2027-01-16 09:00`. */
export function localMinute(instant: Date, timeZone: string): string {
  return localTime(instant, timeZone).slice(0, 16);
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  if (formats.size >= maxFormats) formats.clear();
  const format = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(timeZone, format);
  return format;
}
