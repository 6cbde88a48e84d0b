import {
  cleanText,
  tooManyEvents,
  wholeText,
  writtenText,
  type RawEvent,
  type RawLink,
  type RawSchedule,
  type ScheduleRefusal,
} from './raw-schedule.js';
import { attributesBut, conferenceMore, eventMore, scheduleMore } from './xml-members.js';
import { flawsOf, withoutAddress } from './text-flaws.js';
import { childrenOf, parseXml, textOf, textsOf, type XmlElement } from './xml-tree.js';

/** Reads a frab/C3VOC or Pentabarf schedule.xml. Any text is safe, as with JSON. */
export function readScheduleXml(text: string): RawSchedule | ScheduleRefusal {
  const root = parseXml(text);
  if ('error' in root)
    return { code: 'request.malformed', detail: `The file is not XML that can be read: ${root.error}.` };
  if (root.name !== 'schedule') return noSchedule(`its root element is <${root.name.slice(0, 50)}>`);
  const schedule = scheduleOf(root);
  const isEmpty =
    childrenOf(root, 'conference').length === 0 && schedule.days.every(({ events }) => events.length === 0);
  return isEmpty ? noSchedule('it has neither') : (tooManyEvents(schedule) ?? schedule);
}

function noSchedule(found: string): ScheduleRefusal {
  const expected = 'a root element <schedule> with <conference> and <day><room><event> was expected';
  return { code: 'request.invalid', detail: `The file is no schedule: ${expected}, but ${found}.` };
}

function scheduleOf(root: XmlElement): RawSchedule {
  const conference = childrenOf(root, 'conference')[0];
  return {
    acronym: textIn(conference, 'acronym'),
    title: textIn(conference, 'title'),
    timeZone: textIn(conference, 'time_zone_name'),
    dayChange: textIn(conference, 'day_change'),
    rooms: [],
    days: childrenOf(root, 'day').map((day) => ({
      date: attribute(day, 'date'),
      start: attribute(day, 'start'),
      events: childrenOf(day, 'room').flatMap((room) =>
        childrenOf(room, 'event').map((event) => eventOf(event, attribute(room, 'name'))),
      ),
    })),
    more: moreOf(root, conference),
  };
}

function moreOf(root: XmlElement, conference: XmlElement | undefined): RawSchedule['more'] {
  const days = childrenOf(root, 'day');
  return {
    outer: scheduleMore(root),
    conference: conference === undefined ? {} : conferenceMore(conference),
    slot: textIn(conference, 'timeslot_duration'),
    rooms: days
      .flatMap((day) => childrenOf(day, 'room'))
      .map((room) => ({ name: attribute(room, 'name') ?? '', more: attributesBut(room, ['name']) })),
    days: days.map((day) => ({
      date: attribute(day, 'date'),
      more: attributesBut(day, ['index', 'date', 'start', 'end']),
    })),
    dropped: [],
  };
}

function eventOf(event: XmlElement, room: string | null): RawEvent {
  const text = (name: string): string | null => textIn(event, name);
  return {
    id: attribute(event, 'id'),
    guid: attribute(event, 'guid'),
    slug: text('slug'),
    url: text('url'),
    title: text('title'),
    writtenTitle: writtenText(textOfChild(event, 'title')),
    subtitle: textIn(event, 'subtitle', wholeText),
    abstract: textIn(event, 'abstract', wholeText),
    description: textIn(event, 'description', wholeText),
    type: text('type'),
    track: text('track'),
    language: childrenOf(event, 'language').length > 0 ? (text('language') ?? '') : null,
    room: text('room') ?? room,
    date: text('date'),
    start: text('start'),
    end: text('end'),
    duration: text('duration'),
    doNotRecord: optoutOf(event),
    persons: childrenOf(childrenOf(event, 'persons')[0], 'person').map((person) => ({
      id: attribute(person, 'id'),
      guid: attribute(person, 'guid'),
      code: attribute(person, 'code'),
      name: cleanText(textOf(person)),
      writtenName: writtenText(textOf(person)),
      hasName: true,
      email: attribute(person, 'email'),
      more: attributesBut(person, ['id', 'guid', 'email']),
    })),
    links: linksOf(childrenOf(childrenOf(event, 'links')[0], 'link')),
    attachments: linksOf(childrenOf(childrenOf(event, 'attachments')[0], 'attachment')),
    more: eventMore(event),
    flaws: [...flawsOf(textsOf(event)), ...lostLinks(event)],
  };
}

function linksOf(elements: readonly XmlElement[]): RawLink[] {
  return elements.flatMap((link) => {
    const url = attribute(link, 'href');
    return url === null ? [] : [{ url, title: wholeText(textOf(link)), more: attributesBut(link, ['href']) }];
  });
}

function lostLinks(event: XmlElement): string[] {
  const all = [
    ...childrenOf(childrenOf(event, 'links')[0], 'link'),
    ...childrenOf(childrenOf(event, 'attachments')[0], 'attachment'),
  ];
  return withoutAddress(all.length - linksOf(all).length);
}

function optoutOf(event: XmlElement): boolean | null {
  const optout = textIn(childrenOf(event, 'recording')[0], 'optout');
  return optout === null ? null : optout === 'true';
}

function textIn(element: XmlElement | undefined, name: string, clean = cleanText): string | null {
  const text = textOfChild(element, name);
  return text === null ? null : clean(text);
}

function textOfChild(element: XmlElement | undefined, name: string): string | null {
  const child = childrenOf(element, name)[0];
  return child === undefined ? null : textOf(child);
}

function attribute(element: XmlElement, name: string): string | null {
  const value = Object.hasOwn(element.attributes, name) ? element.attributes[name] : undefined;
  return value === undefined ? null : cleanText(value);
}
