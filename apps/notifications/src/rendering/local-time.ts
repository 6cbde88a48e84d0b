import { DateTime } from 'luxon';
import { zoneName } from '#calendar';
import type { Language } from '../mail/mail-text.js';

/** The day of an instant, in words. */
export function dateText(at: string, timeZone: string, language: Language): string {
  const local = DateTime.fromISO(at, { zone: timeZone, locale: language === 'zh' ? 'zh-CN' : 'en-GB' });
  return local.toFormat(language === 'zh' ? 'yyyy年L月d日 ccc' : 'cccc, d LLLL yyyy');
}

/** From when until when and on whose clock, `09:00–18:00 (Beijing time)`; over several days with the last day. */
export function timeText(startsAt: string, endsAt: string, timeZone: string, language: Language): string {
  return `${hoursText(startsAt, endsAt, timeZone, language)} (${zoneName(timeZone, language)})`;
}

function hoursText(startsAt: string, endsAt: string, timeZone: string, language: Language): string {
  const start = DateTime.fromISO(startsAt, { zone: timeZone });
  const end = DateTime.fromISO(endsAt, { zone: timeZone });
  const from = start.toFormat('HH:mm');
  const to = end.toFormat('HH:mm');
  return start.hasSame(end, 'day')
    ? `${from}–${to}`
    : `${from} – ${dateText(endsAt, timeZone, language)} ${to}`;
}

/** Day, times and whose clock they are on. */
export function whenText(startsAt: string, endsAt: string, timeZone: string, language: Language): string {
  return `${dateText(startsAt, timeZone, language)} ${timeText(startsAt, endsAt, timeZone, language)}`;
}
