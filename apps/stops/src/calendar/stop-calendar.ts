import { inLanguage, type Localized, type Stop } from '#contracts';
import { calendarOf, type CalendarEntry } from '#calendar';

type Language = 'zh' | 'en';

/** What a stop's calendar entry shows. */
export type CalendarStop = Pick<
  Stop,
  'id' | 'name' | 'city' | 'venue' | 'timeZone' | 'startsAt' | 'endsAt' | 'status' | 'version'
> & { updatedAt: string };

export type CalendarTour = { name: Localized; version: number; updatedAt: string };

/** The text of a feed of stops that were ever published. */
export function stopsCalendar(
  feed: { name: Localized; tour: CalendarTour; stops: readonly CalendarStop[] },
  lang: Language,
): string {
  return calendarOf({
    name: inLanguage(feed.name, lang),
    lang,
    entries: feed.stops.map((stop) => stopEntry(stop, feed.tour, lang)),
  });
}

/**
 * The entry of one stop, the same in its own feed and in its tour's. It shows the tour's name too, so SEQUENCE counts
 * the changes of both: no version ever falls, and each change of either raises the sum.
 */
export function stopEntry(stop: CalendarStop, tour: CalendarTour, lang: Language): CalendarEntry {
  return {
    uid: `stop-${stop.id}@waystop`,
    sequence: stop.version + tour.version - 2,
    status: stop.status === 'cancelled' ? 'CANCELLED' : 'CONFIRMED',
    startsAt: stop.startsAt,
    endsAt: stop.endsAt,
    timeZone: stop.timeZone,
    summary: inLanguage(stop.name, lang),
    description: inLanguage(tour.name, lang),
    location: location(stop, lang),
    geo: stop.venue.location,
    lastModified: laterOf(stop.updatedAt, tour.updatedAt),
  };
}

function location(stop: CalendarStop, lang: Language): string {
  const parts = [stop.venue.name, stop.venue.address, stop.city.name];
  return parts.flatMap((part) => (part === null ? [] : [inLanguage(part, lang)])).join(', ');
}

function laterOf(a: string, b: string): string {
  return Date.parse(a) < Date.parse(b) ? b : a;
}
