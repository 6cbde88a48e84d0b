import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { endOf } from '../sessions/placement.js';
import type { ExportEvent, ExportSession } from './export-event.js';
import { exportSchedule, scheduleJson, type ExportInput, type Schedule } from './export-schedule.js';
import { scheduleXml } from './export-xml.js';
import { importSchedule, type ImportedEntry } from '../schedule-import/import-schedule.js';
import { childrenOf, parseXml, type XmlElement } from '../schedule-file/xml-tree.js';

const stop = {
  id: '0199a1b2-0000-7000-8000-00000000abcd',
  name: { zh: '成都站', en: 'Chengdu' },
  timeZone: 'Asia/Shanghai',
  startsAt: '2026-12-12T01:00:00Z',
};
const roomNames = ['一号厅', 'Hall "2" & <3>', '__proto__'];

/** The rules of the two published schemas, c3voc.de/schedule/schema.json and schedule.xml.xsd, in our own words. */
const uuid = z.stringFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
const instant = z.iso.datetime({ offset: true });
const webAddress = z.url({ protocol: /^https?$/ });
const Reference = z.strictObject({
  url: webAddress,
  title: z.string().optional(),
  type: z.string().optional(),
});
const person = {
  guid: uuid.optional(),
  code: z.string().optional(),
  biography: z.string().nullish(),
  x_unknown: z.unknown().optional(),
};
/** One of these, and never both at once. */
const FrabPerson = z.looseObject({ ...person, id: z.int(), public_name: z.string() });
const PretalxPerson = z.looseObject({ ...person, id: z.int().optional(), name: z.string() });
const Event = z.strictObject({
  id: z
    .int()
    .min(1)
    .max(2 ** 31 - 1),
  guid: uuid,
  date: instant,
  start: z.stringFormat('start', /^([01]\d|2[0-3]):[0-5]\d$/),
  duration: z.stringFormat('duration', /^\d{1,2}:\d{2}$/),
  room: z.string(),
  // As the file has it, else as the schemas want it.
  slug: z.stringFormat('slug', /^(Camp2019-10386-opening_ceremony|[a-z0-9_]{4,}-[a-z0-9_-]{3,}[a-z0-9])$/),
  url: webAddress,
  title: z.string(),
  subtitle: z.string().nullable(),
  track: z.string().nullable(),
  type: z.string(),
  language: z.string(),
  abstract: z.string().nullable(),
  description: z.string().nullable(),
  do_not_record: z.boolean().optional(),
  recording_license: z.string(),
  do_not_stream: z.boolean(),
  logo: z.string(),
  feedback_url: webAddress,
  origin_url: webAddress,
  x_unknown: z.unknown(),
  '2nd unknown': z.unknown(),
  persons: z.array(z.xor([FrabPerson, PretalxPerson])),
  links: z.array(Reference),
  attachments: z.array(Reference),
});
const Published = z.strictObject({
  $schema: z.string(),
  generator: z.object({ name: z.string() }),
  schedule: z.strictObject({
    version: z.string(),
    base_url: webAddress,
    conference: z.strictObject({
      acronym: z.stringFormat('acronym', /^[a-z0-9_-][a-z0-9_]{3,}$/),
      title: z.string(),
      start: z.iso.date(),
      end: z.iso.date(),
      daysCount: z.int(),
      timeslot_duration: z.stringFormat('duration', /^\d{1,2}:\d{2}$/),
      time_zone_name: z.stringFormat('zone', /^([A-Z][a-z]+\/[A-Z][a-z]+)|UTC$/),
      rooms: z.array(
        z.strictObject({ name: z.string(), guid: uuid, description: z.null(), capacity: z.number() }),
      ),
      days: z.array(
        z.strictObject({
          index: z.int().min(1),
          date: z.iso.date(),
          day_start: instant,
          day_end: instant,
          rooms: z.record(z.string(), z.array(Event)),
        }),
      ),
    }),
  }),
});

function checkPublished(schedule: Schedule): void {
  const { conference } = Published.parse(JSON.parse(scheduleJson(schedule))).schedule;
  const events = eventsOf(schedule);
  for (const key of ['guid', 'id', 'slug'] as const)
    expect(new Set(events.map((event) => event[key])).size).toBe(events.length);
  expect(conference.days.map((day) => day.index)).toEqual(conference.days.map((_, index) => index + 1));
  for (const day of schedule.schedule.conference.days) {
    for (const { name: room, events: inRoom } of day.rooms) {
      for (const event of inRoom) {
        expect(event.room).toBe(room);
        expect(Date.parse(event.date)).toBeGreaterThanOrEqual(Date.parse(day.day_start));
        expect(Date.parse(event.date)).toBeLessThan(Date.parse(day.day_end));
      }
    }
  }
}

function eventsOf(schedule: Schedule) {
  return schedule.schedule.conference.days.flatMap((day) => day.rooms.flatMap(({ events }) => events));
}

function byGuid(schedule: Schedule) {
  return eventsOf(schedule).sort((a, b) => (a.guid < b.guid ? -1 : 1));
}

/** What a service makes of imported entries before it releases them. */
function released(entries: readonly ImportedEntry[]): ExportInput {
  const rooms = [...new Set(entries.map((entry) => entry.room.name))].map((name, index) => {
    return {
      id: `0199a1b2-0000-7000-8000-${String(index).padStart(12, '0')}`,
      name: { zh: name },
      seats: 100,
    };
  });
  const sessions = entries.map((entry, index): ExportSession => ({
    ...entry,
    id: `0199a1b2-0000-7000-9000-${String(index).padStart(12, '0')}`,
    companyId: null,
    roomId: rooms.find((room) => room.name.zh === entry.room.name)?.id ?? '',
    endsAt: endOf(entry.startsAt, entry.durationMinutes),
  }));
  return { stop, release: { version: 3 }, rooms, sessions, lang: 'zh', baseUrl: 'https://api.example.com' };
}

function imported(text: string, format: 'json' | 'xml', align: 'start' | null = null): ImportedEntry[] {
  const result = importSchedule(text, format, stop, align);
  if ('refusal' in result) throw new Error(result.refusal.detail);
  return result.entries.map((entry) => {
    if ('code' in entry) throw new Error(entry.detail);
    return entry;
  });
}

const word = fc.string({
  unit: fc.constantFrom('技', 'a', 'Z', '1', '🎤', '&', '<', '>', '"', "'", '\n', '\t', ' ', ']]>', 'é'),
  maxLength: 20,
});
const line = word.map((text) => `x${text}y`.normalize('NFC'));
/** Names come out in one line. */
const name = line.map((text) => text.replace(/[\t\n]/gu, ' '));
/** Nothing that looks like an address or a private member. */
const unknown = fc
  .jsonValue({ maxDepth: 2 })
  // As JSON has it: it knows no negative zero.
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown)
  .filter((value) => !/@|mail|answers|\\u0000|"(?:__proto__|#|@)/u.test(JSON.stringify(value)));
const filePerson = fc.record({
  id: fc.integer({ min: 1, max: 9 }),
  public_name: name,
  code: fc.constantFrom('ABC123', 'X'),
  biography: fc.option(line),
  x_unknown: unknown,
});
const event = fc.record({
  id: fc.integer({ min: 1, max: 99_999 }),
  guid: fc.uuid(),
  slug: fc.constantFrom('Camp2019-10386-opening_ceremony', '短', ''),
  title: name,
  subtitle: fc.constantFrom('', '副标题'),
  abstract: fc.option(line),
  description: fc.option(line),
  type: fc.constantFrom('lecture', 'Keynote', 'workshop', 'Podium'),
  track: fc.option(name),
  language: fc.constantFrom('de', 'en', 'zh'),
  room: fc.constantFrom(...roomNames),
  minute: fc.nat(3 * 24 * 60),
  duration: fc.constantFrom('00:05', '0:45', '01:00:00', '8:00'),
  do_not_record: fc.boolean(),
  recording_license: fc.constantFrom('', 'CC BY 4.0'),
  do_not_stream: fc.boolean(),
  logo: fc.constantFrom('', '/media/logo.png', 'https://example.org/logo.png'),
  feedback_url: fc.webUrl(),
  origin_url: fc.webUrl(),
  x_unknown: unknown,
  '2nd unknown': unknown,
  persons: fc.uniqueArray(filePerson, { selector: ({ id }) => id, maxLength: 3 }),
  links: fc.array(fc.record({ url: fc.webUrl(), title: line, type: fc.constant('web') }), { maxLength: 2 }),
  attachments: fc.array(fc.record({ url: fc.webUrl(), title: line }), { maxLength: 2 }),
});

type Draft = typeof event extends fc.Arbitrary<infer E> ? E : never;

function fileOf(drafts: readonly Draft[]): string {
  const rooms = Object.fromEntries(
    roomNames.map((name) => {
      const here = drafts.filter((draft) => draft.room === name);
      return [
        name,
        here.map(({ minute, ...rest }) => ({
          ...rest,
          date: new Date(Date.parse(stop.startsAt) + minute * 60_000).toISOString(),
        })),
      ];
    }),
  );
  return JSON.stringify({
    schedule: { conference: { acronym: 'camp', time_zone_name: stop.timeZone, days: [{ index: 1, rooms }] } },
  });
}

const files = fc
  .uniqueArray(event, { selector: ({ id }) => id, maxLength: 12 })
  .filter((drafts) => new Set(drafts.map(({ guid }) => guid)).size === drafts.length);

/** XML has one place for a person's name. */
function withPlainNames(event: ExportEvent): ExportEvent {
  const persons = event.persons.map(({ public_name, ...rest }) => ({ ...rest, name: public_name }));
  return { ...event, persons };
}

describe('export', () => {
  it('keeps to the rules of the published schemas, whatever the texts', () => {
    fc.assert(
      fc.property(files, (drafts) =>
        checkPublished(exportSchedule(released(imported(fileOf(drafts), 'json')))),
      ),
    );
  });

  it('comes out equal after it went in, as JSON and as XML', () => {
    fc.assert(
      fc.property(files, (drafts) => {
        const first = exportSchedule(released(imported(fileOf(drafts), 'json')));
        const again = exportSchedule(released(imported(scheduleJson(first), 'json')));
        expect(byGuid(again)).toEqual(byGuid(first));
        const throughXml = exportSchedule(released(imported(scheduleXml(first), 'xml')));
        expect(byGuid(throughXml)).toEqual(byGuid(first).map(withPlainNames));
      }),
    );
  });

  it('gives back what the file said of each event', () => {
    fc.assert(
      fc.property(files, (drafts) => {
        const out = eventsOf(exportSchedule(released(imported(fileOf(drafts), 'json'))));
        for (const draft of drafts) {
          const event = out.find(({ guid, id }) => guid === draft.guid.toLowerCase() && id === draft.id);
          expect(event).toMatchObject({
            title: draft.title,
            subtitle: draft.subtitle,
            abstract: draft.abstract ?? '',
            description: draft.description ?? '',
            type: draft.type,
            track: draft.track,
            language: draft.language,
            room: draft.room,
            persons: draft.persons,
            links: draft.links,
            attachments: draft.attachments,
          });
          const { recording_license, do_not_stream, logo, feedback_url, origin_url } = draft;
          expect(event?.more).toEqual({
            recording_license,
            do_not_stream,
            logo,
            feedback_url,
            origin_url,
            x_unknown: draft.x_unknown,
            '2nd unknown': draft['2nd unknown'],
          });
          expect(event?.do_not_record ?? false).toBe(draft.do_not_record);
        }
      }),
    );
  });

  it('makes unique guids, ids and slugs where the sessions repeat each other', () => {
    const [entry] = imported(fileOf(fc.sample(event, { numRuns: 1, seed: 7 })), 'json');
    if (entry === undefined) throw new Error('no entry');
    checkPublished(
      exportSchedule(
        released([entry, entry, { ...entry, source: { ...entry.source, guid: null, id: null } }]),
      ),
    );
  });

  it('puts the night into the evening before, and keeps the days of the stop', () => {
    const at = (startsAt: string): ImportedEntry => {
      const [entry] = imported(fileOf(fc.sample(event, { numRuns: 1, seed: 7 })), 'json');
      if (entry === undefined) throw new Error('no entry');
      return {
        ...entry,
        startsAt,
        durationMinutes: 30,
        source: { ...entry.source, guid: null, id: null, slug: null },
      };
    };
    const schedule = exportSchedule(released([at('2026-12-12T19:30:00Z'), at('2026-12-14T02:00:00Z')]));
    checkPublished(schedule);
    const { days } = schedule.schedule.conference;
    expect(days.map((day) => [day.date, day.day_start, day.day_end])).toEqual([
      ['2026-12-12', '2026-12-12T04:00:00+08:00', '2026-12-13T04:00:00+08:00'],
      ['2026-12-13', '2026-12-13T04:00:00+08:00', '2026-12-14T04:00:00+08:00'],
      ['2026-12-14', '2026-12-14T04:00:00+08:00', '2026-12-15T04:00:00+08:00'],
    ]);
  });

  it('shows an edited abstract instead of the one of the file, and no e-mail address', () => {
    const input = released(imported(fileOf(fc.sample(event, { numRuns: 1, seed: 7 })), 'json'));
    const edited = input.sessions.map((session) => ({
      ...session,
      abstract: { zh: '新摘要' },
      speakers: [
        {
          name: '张三',
          email: 'zhang@example.com',
          personKey: null,
          sourcePersonId: null,
          sourcePersonGuid: null,
          more: {},
        },
      ],
    }));
    const schedule = exportSchedule({ ...input, sessions: edited });
    checkPublished(schedule);
    expect(eventsOf(schedule)[0]?.abstract).toBe('新摘要');
    expect(JSON.stringify(schedule)).not.toContain('zhang@');
  });

  it('has the rooms in the order of the stop, whatever they are called, in both formats', () => {
    const names = ['主厅', '302', '101', 'B厅'];
    const rooms = names.map((zh, index) => ({
      id: `0199a1b2-0000-7000-8000-00000000000${index}`,
      name: { zh },
      seats: 9,
    }));
    const schedule = exportSchedule({ ...released([]), rooms });
    const [, json = ''] = /"rooms":(\{.*?\})/u.exec(scheduleJson(schedule)) ?? [];
    const order = (text: string) => names.toSorted((a, b) => text.indexOf(`"${a}"`) - text.indexOf(`"${b}"`));
    expect(order(json)).toEqual(names);
    expect(order(scheduleXml(schedule))).toEqual(names);
  });

  it('tells rooms of one name apart and is whole without sessions', () => {
    const input = released([]);
    const rooms = ['厅', '厅', 'Hall', 'HALL'].map((zh, index) => ({
      id: `0199a1b2-0000-7000-8000-00000000000${index}`,
      name: { zh },
      seats: 9,
    }));
    const schedule = exportSchedule({ ...input, rooms });
    checkPublished(schedule);
    expect(schedule.schedule.conference.days[0]?.rooms.map(({ name }) => name)).toEqual([
      '厅',
      '厅 (2)',
      'Hall',
      'HALL (2)',
    ]);
  });
});

describe('schedule.xml', () => {
  it('has the elements of the published XSD, in its order', () => {
    const root = parseXml(
      scheduleXml(
        exportSchedule(released(imported(fileOf(fc.sample(event, { numRuns: 5, seed: 3 })), 'json'))),
      ),
    );
    if ('error' in root) throw new Error(root.error);
    const names = (element: XmlElement): string[] =>
      element.children.flatMap((child) => (typeof child === 'string' ? [] : [child.name]));
    expect([...new Set(names(root))]).toEqual(['generator', 'url', 'version', 'conference', 'day']);
    const day = childrenOf(root, 'day')[0];
    expect(Object.keys(day?.attributes ?? {}).sort()).toEqual(['date', 'end', 'index', 'start']);
    const one = childrenOf(day, 'room').flatMap((room) => childrenOf(room, 'event'))[0];
    const required = [
      'room',
      'title',
      'subtitle',
      'type',
      'date',
      'start',
      'duration',
      'abstract',
      'slug',
      'track',
    ];
    const optional = [
      'logo',
      'persons',
      'language',
      'description',
      'recording',
      'links',
      'attachments',
      'url',
      'feedback_url',
      'origin_url',
      // Beside the XSD: what it has no element for and the file has all the same.
      'do_not_stream',
      'x_unknown',
      'member',
    ];
    const present = one === undefined ? [] : names(one);
    expect(present).toEqual(expect.arrayContaining(required));
    expect([...required, ...optional]).toEqual(expect.arrayContaining(present));
    expect(new Set(present).size).toBe(present.length);
  });
});
