import type { Localized, StopState } from '#contracts';

/** The local dates of a stop in both languages: one day, or from the first to the last. */
export function localDates({
  startsAt,
  endsAt,
  timeZone,
}: Pick<StopState, 'startsAt' | 'endsAt' | 'timeZone'>): Localized {
  const [from, to] = [new Date(startsAt), new Date(endsAt)];
  const day = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeZone });
  const english = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone });
  // The Chinese range of the library is written in digits and dashes.
  const days = [...new Set([day.format(from), day.format(to)])];
  return { zh: days.join('至'), en: english.formatRange(from, to) };
}
