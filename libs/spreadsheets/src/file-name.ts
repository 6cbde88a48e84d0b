import { inLanguage, type Localized } from '#contracts';
import { localDate } from '#calendar';

/** Signs that some file system refuses, or takes for a folder. */
const notInFileNames = /[\p{Cc}\\/:*?"<>|\s]+/gu;
const maxNameLength = 60;

/** Tells the stop and the day on which it begins there, such as `registrations-成都站-2027-01-16.csv`. */
export function exportFileName(
  what: string,
  { name, startsAt, timeZone }: { name: Localized; startsAt: Date; timeZone: string },
  extension: string,
): string {
  const shown = inLanguage(name, 'zh').replace(notInFileNames, ' ').trim().replaceAll(' ', '-');
  const cut = Array.from(shown).slice(0, maxNameLength).join('');
  return [what, ...(cut === '' ? [] : [cut]), `${localDate(startsAt, timeZone)}.${extension}`].join('-');
}
