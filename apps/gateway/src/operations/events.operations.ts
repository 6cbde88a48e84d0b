import { z } from 'zod';
import {
  EventTypeDescription,
  PublicEvent,
  eventFilter,
  line,
  listEvents,
  pageOf,
  publicEventTypes,
  publicEvents,
} from '#contracts';
import { anyone, companyOrOrganizer } from './access.js';
import { operation, signature } from './operation.js';

const tag = 'Events';

/** What the stream takes: the filters of the log, and where to begin without a `Last-Event-ID`. */
export const streamEvents = signature(
  z.strictObject({ after: line(512).optional(), ...eventFilter }),
  PublicEvent,
);

/** The catalogue, made once: it changes with the software alone. */
const eventTypes = {
  items: publicEventTypes.map((type, index) => {
    const { description, data, example } = publicEvents[type];
    const { $schema: _dialect, ...schema } = z.toJSONSchema(data);
    return {
      type,
      description,
      schema,
      example: {
        specversion: '1.0' as const,
        id: `019b2f5e-7c00-7000-8000-${String(100 + index).padStart(12, '0')}`,
        source: '/waystop',
        type,
        time: '2026-12-01T01:00:00Z',
        subject: subjectOf(type, example),
        datacontenttype: 'application/json' as const,
        data: { ...example },
      },
    };
  }),
  nextCursor: null,
};

/** `registration/<id>`: the noun of the type, and the id that the data has under it. */
function subjectOf(type: string, example: object): string {
  const noun = type.split('.')[0] ?? '';
  const [id] = Object.values(example) as string[];
  return `${noun === 'check_in' ? 'delegate' : noun}/${id ?? ''}`;
}

export const eventsOperations = [
  operation({
    id: 'listEventTypes',
    method: 'GET',
    path: '/v1/event-types',
    tag,
    summary: 'The types of events that webhooks and the log have',
    description: '`schema` is that of `data`. Nothing in an event is personal data: read `href` with a key.',
    access: anyone,
    status: 200,
    signature: signature(z.strictObject({}), pageOf(EventTypeDescription)),
    respond: () => eventTypes,
  }),
  operation({
    id: 'listEvents',
    method: 'GET',
    path: '/v1/events',
    tag,
    summary: 'What happened, oldest first',
    description:
      'An organizer reads the events of its organization, a company its own and the public ones of the stops it ' +
      'registered for. `after` takes a `nextCursor`, which is never null, or the id of an event. Events are kept for ' +
      '30 days.',
    access: companyOrOrganizer,
    status: 200,
    contract: listEvents,
  }),
  operation({
    id: 'streamEvents',
    method: 'GET',
    path: '/v1/events/stream',
    tag,
    summary: 'What happens, as it happens',
    description:
      'Server-Sent Events: the `data` of each is an event as the log has it, its `id` a cursor of the log. `Last-Event-ID` ' +
      'goes on behind an id, without loss or repetition; `after` says the same where no header can be sent. Without both ' +
      'the stream begins now. Where the place is no longer kept, an `event: reset` comes first: read anew what you follow. ' +
      'A comment comes every 15 seconds. A key may have 5 streams at once. A reader that does not read is cut off.',
    access: companyOrOrganizer,
    status: 200,
    signature: streamEvents,
    streamsEvents: true,
    format: {
      mediaType: 'text/event-stream',
      render: () => '',
      schema: {
        type: 'string',
        description: 'A stream as https://html.spec.whatwg.org/multipage/server-sent-events.html has it.',
      },
    },
  }),
];
