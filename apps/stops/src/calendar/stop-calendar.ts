import { inLanguage, type Localized, type Stop } from '#contracts';
import { calendarOf, type CalendarEntry } from '#calendar';

type Language = 'zh' | 'en';

/** How a feed is shown: its language, and the installation's address, with which the links of entries begin. */
export interface FeedOptions {
  lang: Language;
  baseUrl?: string | undefined;
}

/** What a stop's calendar entry shows. */
export type CalendarStop = Pick<
  Stop,
  'id' | 'name' | 'city' | 'venue' | 'timeZone' | 'startsAt' | 'endsAt' | 'status' | 'version'
> & { cancelReason: string | null; updatedAt: string };

export type CalendarTour = { name: Localized; version: number; updatedAt: string };

/** The text of a feed of stops that were ever published. */
export function stopsCalendar(
  feed: { name: Localized; tour: CalendarTour; stops: readonly CalendarStop[] },
  options: FeedOptions,
): string {
  return calendarOf({
    name: inLanguage(feed.name, options.lang),
    lang: options.lang,
    entries: feed.stops.map((stop) => stopEntry(stop, feed.tour, options)),
  });
}

/**
 * The entry of one stop, the same in its own feed and in its tour's. It shows the tour's name too, so SEQUENCE counts
 * the changes of both: no version ever falls, and each change of either raises the sum.
 */
export function stopEntry(
  stop: CalendarStop,
  tour: CalendarTour,
  { lang, baseUrl }: FeedOptions,
): CalendarEntry {
  return {
    uid: `stop-${stop.id}@waystop`,
    sequence: stop.version + tour.version - 2,
    status: stop.status === 'cancelled' ? 'CANCELLED' : 'CONFIRMED',
    startsAt: stop.startsAt,
    endsAt: stop.endsAt,
    timeZone: stop.timeZone,
    summary: inLanguage(stop.name, lang),
    description: [inLanguage(tour.name, lang), ...cancellation(stop, lang)].join('\n'),
    location: location(stop, lang),
    geo: stop.venue.location,
    lastModified: laterOf(stop.updatedAt, tour.updatedAt),
    ...(baseUrl === undefined ? {} : { url: pageOf(stop, baseUrl, lang) }),
  };
}

/** Calendars hide what is cancelled at different places, so the reason stands where all of them show a text. */
function cancellation({ status, cancelReason }: CalendarStop, lang: Language): string[] {
  if (status !== 'cancelled' || cancelReason === null) return [];
  return [lang === 'zh' ? `已取消：${cancelReason}` : `Cancelled: ${cancelReason}`];
}

/** The stop's page for people. */
function pageOf({ id }: CalendarStop, baseUrl: string, lang: Language): string {
  return `${baseUrl.replace(/\/$/, '')}${lang === 'en' ? '/en' : ''}/stops/${id}`;
}

function location(stop: CalendarStop, lang: Language): string {
  const parts = [stop.venue.name, stop.venue.address, stop.city.name];
  return parts.flatMap((part) => (part === null ? [] : [inLanguage(part, lang)])).join(', ');
}

function laterOf(a: string, b: string): string {
  return Date.parse(a) < Date.parse(b) ? b : a;
}
