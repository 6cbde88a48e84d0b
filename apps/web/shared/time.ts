import type { Lang } from './language.js';

/** Instants as people read them: on the clock of a stop, 24 hours, the weekday with the date. */

const locales: Readonly<Record<Lang, string>> = { zh: 'zh-CN', en: 'en-GB' };
const formats = new Map<string, Intl.DateTimeFormat>();

function format(lang: Lang, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${lang} ${zone} ${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(locales[lang], { timeZone: zone, ...options });
    formats.set(key, found);
  }
  return found;
}

function partsOf(instant: string, lang: Lang, zone: string, options: Intl.DateTimeFormatOptions) {
  const parts = format(lang, zone, options).formatToParts(new Date(instant));
  return Object.fromEntries(parts.map(({ type, value }) => [type, value])) as Record<string, string>;
}

/** `09:05` */
export function timeOf(instant: string, zone: string): string {
  const { hour, minute } = partsOf(instant, 'en', zone, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return `${hour}:${minute}`;
}

/** The day on the zone's calendar, as `2027-01-16`. */
export function dayOf(instant: string, zone: string): string {
  const { year, month, day } = partsOf(instant, 'en', zone, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return `${year}-${month}-${day}`;
}

/** `2027年1月16日 周六`, `Sat, 16 Jan 2027` */
export function dateOf(instant: string, zone: string, lang: Lang): string {
  const { year, month, day, weekday } = partsOf(instant, lang, zone, {
    year: 'numeric',
    month: lang === 'zh' ? 'numeric' : 'short',
    day: 'numeric',
    weekday: 'short',
  });
  return lang === 'zh' ? `${year}年${month}月${day}日 ${weekday}` : `${weekday}, ${day} ${month} ${year}`;
}

/** The same without the year: `1月16日 周六`, `Sat, 16 Jan` */
export function shortDateOf(instant: string, zone: string, lang: Lang): string {
  const full = dateOf(instant, zone, lang);
  return lang === 'zh' ? full.replace(/^\d+年/, '') : full.replace(/ \d{4}$/, '');
}

/** From one day to another, or the one day. */
export function dateRange(from: string, to: string, zone: string, lang: Lang): string {
  if (dayOf(from, zone) === dayOf(lastMoment(to), zone)) return dateOf(from, zone, lang);
  const end = dateOf(lastMoment(to), zone, lang);
  const begin = dateOf(from, zone, lang);
  const sameYear = dayOf(from, zone).slice(0, 4) === dayOf(lastMoment(to), zone).slice(0, 4);
  if (lang === 'zh') return `${begin} 至 ${sameYear ? end.replace(/^\d+年/, '') : end}`;
  return `${sameYear ? begin.replace(/ \d{4}$/, '') : begin} – ${end}`;
}

/** A stop that ends at midnight does not reach into the next day. */
function lastMoment(instant: string): string {
  return new Date(Date.parse(instant) - 1).toISOString();
}

/** `09:00–09:45` */
export function timeRange(from: string, to: string, zone: string): string {
  return `${timeOf(from, zone)}–${timeOf(to, zone)}`;
}

/** `1月16日 周六 09:00` */
export function momentOf(instant: string, zone: string, lang: Lang): string {
  return `${dateOf(instant, zone, lang)} ${timeOf(instant, zone)}`;
}

/** `UTC+8`, as it is at this instant. */
export function offsetOf(instant: string, zone: string): string {
  const { timeZoneName = 'GMT' } = partsOf(instant, 'en', zone, { timeZoneName: 'shortOffset' });
  return timeZoneName.replace('GMT', 'UTC');
}

/** `Asia/Shanghai, UTC+8` */
export function zoneLabel(instant: string, zone: string): string {
  return zone === 'UTC' ? 'UTC' : `${zone}, ${offsetOf(instant, zone)}`;
}

/** Minutes since midnight on the zone's clock. */
export function minuteOfDay(instant: string, zone: string): number {
  const [hour = 0, minute = 0] = timeOf(instant, zone).split(':').map(Number);
  return hour * 60 + minute;
}

export function minutesBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
}
