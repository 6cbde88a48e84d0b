import type { ExportDay } from './export-days.js';
import type { ExportEvent, ExportPerson } from './export-event.js';
import type { ExportRoom, Schedule } from './export-schedule.js';
import { nameMembers, type Members } from '../schedule-file/members.js';
import { attributesOf, elementsOf, takenNames, trackElements } from './xml-members.js';
import { element, escaped, text } from './xml-text.js';

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
      ...conferenceElements(conference.more),
    ]),
    ...conference.days.map((day) =>
      dayElement(day, new Map(conference.rooms.map((room) => [room.name, room]))),
    ),
    ...elementsOf(schedule.more, takenNames.schedule),
  ]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function conferenceElements({ tracks, ...others }: Members): string[] {
  const elements = trackElements(tracks);
  const rest = elements === undefined && tracks !== undefined ? { tracks, ...others } : others;
  return [...(elements ?? []), ...elementsOf(rest, takenNames.conference)];
}

function dayElement(day: ExportDay, known: ReadonlyMap<string, ExportRoom>): string {
  const rooms = day.rooms.map(({ name, events }) => {
    const { guid, description = null, more = {} } = known.get(name) ?? {};
    const attributes = {
      ...attributesOf({ ...more, ...(description === null ? {} : { description }) }),
      name,
      ...(guid === undefined ? {} : { guid }),
    };
    return element('room', attributes, events.map(eventElement));
  });
  return element(
    'day',
    {
      ...attributesOf(day.more),
      index: String(day.index),
      date: day.date,
      start: day.day_start,
      end: day.day_end,
    },
    rooms,
  );
}

function eventElement(event: ExportEvent): string {
  const { attributes, others } = moreOf(event);
  return element('event', { ...attributes, guid: event.guid, id: String(event.id) }, [
    text('date', event.date),
    text('start', event.start),
    ...(event.end === undefined ? [] : [text('end', event.end)]),
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
    ...recordingElement(event),
    element('persons', {}, event.persons.map(personElement)),
    element('links', {}, linkElements('link', event.links)),
    // Older versions of the XSD do not know it.
    ...(event.attachments.length === 0
      ? []
      : [element('attachments', {}, linkElements('attachment', event.attachments))]),
    ...elementsOf(others),
  ]);
}

/** The text is the name; the same name under other names is not written twice. */
function personElement({ id, guid, ...more }: ExportPerson): string {
  const names = [...nameMembers].map((member) => asText(more[member]));
  const name = names.find((one) => one !== '') ?? '';
  const others = Object.entries(more).filter(([member, value]) => !nameMembers.has(member) || value !== name);
  const identity = {
    ...(id === undefined ? {} : { id: String(id) }),
    ...(guid === undefined ? {} : { guid }),
  };
  return element('person', { ...attributesOf(Object.fromEntries(others)), ...identity }, [escaped(name)]);
}

/** The licence and the wish not to be recorded have one element for both. */
function recordingElement(event: ExportEvent): string[] {
  const { recording_license: license, recording_url: url, recording_link: link } = event.more;
  if (event.do_not_record === undefined && license === undefined && url === undefined && link === undefined) {
    return [];
  }
  const optional = { url, link };
  return [
    element('recording', {}, [
      text('license', asText(license)),
      text('optout', String(event.do_not_record ?? false)),
      ...Object.entries(optional).flatMap(([name, value]) =>
        value === undefined ? [] : [text(name, asText(value))],
      ),
    ]),
  ];
}

/** The other members of the event: some are attributes, and those of the recording have an element already. */
function moreOf(event: ExportEvent): { attributes: Record<string, string>; others: Members } {
  const {
    recording_license: _license,
    recording_url: _url,
    recording_link: _link,
    code,
    ...rest
  } = event.more;
  const isAttribute = ([name, value]: [string, unknown]): boolean =>
    name.startsWith('@') && typeof value === 'string';
  const members = Object.entries(rest);
  const attributes = members.filter(isAttribute).map(([name, value]) => [name.slice(1), value]);
  return {
    attributes: attributesOf({ ...Object.fromEntries(attributes), ...(code === undefined ? {} : { code }) }),
    others: Object.fromEntries(members.filter((member) => !isAttribute(member))),
  };
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function linkElements(name: string, links: ExportEvent['links']): string[] {
  return links.map(({ url, title, ...more }) =>
    element(name, { ...attributesOf(more), href: url }, [escaped(title ?? url)]),
  );
}
