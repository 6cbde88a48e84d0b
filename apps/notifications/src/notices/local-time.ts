import { DateTime } from 'luxon';
import type { Language } from '../mail/mail-text.js';

/** The day of an instant, in words. */
export function dateText(at: string, timeZone: string, language: Language): string {
  const local = DateTime.fromISO(at, { zone: timeZone, locale: language === 'zh' ? 'zh-CN' : 'en-GB' });
  return local.toFormat(language === 'zh' ? 'yyyy年L月d日 ccc' : 'cccc, d LLLL yyyy');
}

/** From when until when on one day, `09:00–18:00`; over several days the last day stands there, too. */
export function timeText(startsAt: string, endsAt: string, timeZone: string, language: Language): string {
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
  const date = dateText(startsAt, timeZone, language);
  return `${date} ${timeText(startsAt, endsAt, timeZone, language)} (${zoneText(timeZone, language)})`;
}

function zoneText(timeZone: string, language: Language): string {
  if (timeZone === 'Asia/Shanghai') return language === 'zh' ? '北京时间' : 'Beijing time';
  return timeZone;
}
