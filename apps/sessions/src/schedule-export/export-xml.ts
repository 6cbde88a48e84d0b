import type { ExportDay } from './export-days.js';
import type { ExportEvent } from './export-event.js';
import type { Schedule } from './export-schedule.js';

/** The same schedule as schedule.xml, in the order of elements that the published XSD asks for. */
export function scheduleXml({ generator, schedule }: Schedule): string {
  const { conference } = schedule;
  const root = element('schedule', {}, [
    element('generator', { name: generator.name }, []),
    text('url', schedule.base_url),
    text('version', schedule.version),
    element('conference', {}, [
      text('acronym', conference.acronym),
      text('title', conference.title),
      text('start', conference.start),
      text('end', conference.end),
      text('days', String(conference.daysCount)),
      text('timeslot_duration', conference.timeslot_duration),
      text('base_url', schedule.base_url),
      text('time_zone_name', conference.time_zone_name),
    ]),
    ...conference.days.map((day) =>
      dayElement(day, new Map(conference.rooms.map((room) => [room.name, room.guid]))),
    ),
  ]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function dayElement(day: ExportDay, guids: ReadonlyMap<string, string>): string {
  const rooms = day.rooms.map(({ name, events }) => {
    const guid = guids.get(name);
    return element('room', guid === undefined ? { name } : { name, guid }, events.map(eventElement));
  });
  return element(
    'day',
    { index: String(day.index), date: day.date, start: day.day_start, end: day.day_end },
    rooms,
  );
}

function eventElement(event: ExportEvent): string {
  return element('event', { guid: event.guid, id: String(event.id) }, [
    text('date', event.date),
    text('start', event.start),
    text('duration', event.duration),
    text('room', event.room),
    text('slug', event.slug),
    text('url', event.url),
    text('title', event.title),
    text('subtitle', event.subtitle),
    text('track', event.track ?? ''),
    text('type', event.type),
    text('language', event.language),
    text('abstract', event.abstract),
    text('description', event.description),
    ...(event.do_not_record === true
      ? [element('recording', {}, [text('license', ''), text('optout', 'true')])]
      : []),
    element(
      'persons',
      {},
      event.persons.map(({ id, guid, name }) => element('person', { id: String(id), guid }, [escaped(name)])),
    ),
    element('links', {}, linkElements('link', event.links)),
    // Older versions of the XSD do not know it.
    ...(event.attachments.length === 0
      ? []
      : [element('attachments', {}, linkElements('attachment', event.attachments))]),
  ]);
}

function linkElements(name: string, links: ExportEvent['links']): string[] {
  return links.map(({ url, title }) => element(name, { href: url }, [escaped(title ?? url)]));
}

function text(name: string, content: string): string {
  return element(name, {}, [escaped(content)]);
}

function element(name: string, attributes: Record<string, string>, content: string[]): string {
  const listed = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return `<${name}${listed.join('')}>${content.join('')}</${name}>`;
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // Line ends as references, since a reader may turn them into others, and into blanks in attributes.
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** Characters that XML 1.0 does not know at all are left out: no reference may name them either. */
function escaped(content: string): string {
  return (
    content
      .toWellFormed()
      // oxlint-disable-next-line no-control-regex -- These characters are what must go.
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu, '')
      .replace(/[&<>"\r\n\t]/gu, (character) => escapes[character] ?? '')
  );
}
