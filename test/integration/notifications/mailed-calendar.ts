import ICAL from 'ical.js';
import type { SunkMail } from '../../support/smtp-sink.js';

/** What another parser than ours reads in the calendar of a mail. */
export interface ReadCalendar {
  readonly method: string;
  /** Of the MIME part, which has to repeat it. */
  readonly parameter: string;
  readonly uid: string;
  readonly sequence: number;
  readonly status: string;
  readonly startsAt: string;
  readonly attendees: string[];
}

/** The calendar part of a mail as text; undefined where it has none. */
export function calendarTextOf({ mail }: SunkMail): string | undefined {
  return mail.attachments
    .find(({ contentType }) => /calendar|ics/.test(contentType))
    ?.content.toString('utf8');
}

export function calendarOf(sunk: SunkMail): ReadCalendar {
  const parameter = /^Content-Type: text\/calendar;[^]*?method=(\w+)/im.exec(sunk.source)?.[1] ?? '';
  const text = calendarTextOf(sunk);
  if (text === undefined) throw new Error('There is no calendar.');
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  const component = calendar.getFirstSubcomponent('vevent');
  if (component === null) throw new Error('There is no entry.');
  const event = new ICAL.Event(component);
  return {
    method: String(calendar.getFirstPropertyValue('method')),
    parameter,
    uid: event.uid,
    sequence: event.sequence,
    status: String(component.getFirstPropertyValue('status')),
    startsAt: new Date(event.startDate.toUnixTime() * 1_000).toISOString(),
    attendees: component.getAllProperties('attendee').map((one) => String(one.getFirstValue()).toLowerCase()),
  };
}
