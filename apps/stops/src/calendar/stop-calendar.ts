import { inLanguage, type Localized, type Stop } from '#contracts';
import type { CalendarEntry } from '#calendar';

/** What a stop's calendar entry shows. `version` serves as SEQUENCE: it is raised by every change and never falls. */
export type CalendarStop = Pick<
  Stop,
  'id' | 'name' | 'city' | 'venue' | 'timeZone' | 'startsAt' | 'endsAt' | 'status' | 'version'
> & { updatedAt: string };

/** The entry of one stop, the same in its own feed and in its tour's. Only for stops that were ever published. */
export function stopEntry(stop: CalendarStop, tourName: Localized, lang: 'zh' | 'en'): CalendarEntry {
  return {
    uid: `stop-${stop.id}@waystop`,
    sequence: stop.version,
    status: stop.status === 'cancelled' ? 'CANCELLED' : 'CONFIRMED',
    startsAt: stop.startsAt,
    endsAt: stop.endsAt,
    timeZone: stop.timeZone,
    summary: inLanguage(stop.name, lang),
    description: inLanguage(tourName, lang),
    location: location(stop, lang),
    lastModified: stop.updatedAt,
  };
}

function location(stop: CalendarStop, lang: 'zh' | 'en'): string {
  const parts = [stop.venue.name, stop.venue.address, stop.city.name];
  return parts.flatMap((part) => (part === null ? [] : [inLanguage(part, lang)])).join(', ');
}
