import { calendarOf, type CalendarEntry } from './calendar.js';
import { folded } from './content-line.js';

/** A person in an invitation. */
export interface CalendarParty {
  readonly name: string;
  readonly email: string;
}

/** What is of a feed alone. */
const feedLines = /^(?:NAME|X-WR-CALNAME|REFRESH-INTERVAL|X-PUBLISHED-TTL)[;:].*\r\n/gm;

/**
 * The object of one iMIP mail (RFC 5546, 6047): one entry, one method, one attendee, of whom no answer is wanted. A
 * cancellation is CANCEL with the entry's uid, and not a REQUEST that says CANCELLED: clients leave that where it is.
 */
export function invitationOf(invitation: {
  method: 'REQUEST' | 'CANCEL';
  lang: 'zh' | 'en';
  entry: Omit<CalendarEntry, 'status'>;
  organizer: CalendarParty;
  attendee: CalendarParty;
}): string {
  const { method, lang, organizer, attendee } = invitation;
  const status = method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED';
  const parties = [
    folded(`ORGANIZER;CN=${quoted(organizer.name)}:mailto:${organizer.email}`),
    folded(
      `ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE;CN=${quoted(attendee.name)}:mailto:${attendee.email}`,
    ),
  ];
  return calendarOf({ name: 'Waystop', lang, entries: [{ ...invitation.entry, status }] })
    .replace(feedLines, '')
    .replace('METHOD:PUBLISH\r\n', `METHOD:${method}\r\n`)
    .replace('END:VEVENT\r\n', () => `${parties.join('\r\n')}\r\nEND:VEVENT\r\n`);
}

/** The value of a parameter: it can hold anything but quotes and control characters. */
function quoted(text: string): string {
  return `"${text
    .toWellFormed()
    .replaceAll('"', "'")
    .replace(/\p{Cc}/gu, ' ')}"`;
}
