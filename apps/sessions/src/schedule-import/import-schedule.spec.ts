import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { importSchedule, type ImportedEntry, type ImportResult } from './import-schedule.js';
import { minutesOf } from './import-times.js';
import { kindOf } from '../schedule-file/session-kind.js';

const stop = { timeZone: 'Asia/Shanghai', startsAt: '2026-12-12T01:00:00Z' };
const talk = {
  id: 10386,
  guid: 'A0A0FCFE-b7fb-46e3-84b6-97a5406016b4',
  title: 'Opening Ceremony',
  abstract: 'Welcome.',
  type: 'lecture',
  track: 'CCC',
  language: 'en',
  date: '2019-08-21T11:00:00+02:00',
  start: '11:00',
  duration: '00:30',
  room: 'Curie',
  persons: [{ id: 7797, public_name: '张三' }],
};

type Fields = Record<string, unknown>;

function json(events: unknown[], conference: Fields = {}, day: Fields = {}): string {
  const days = [{ index: 1, date: '2019-08-21', rooms: { Curie: events }, ...day }];
  return JSON.stringify({
    schedule: { conference: { acronym: 'Camp2019', time_zone_name: 'Europe/Berlin', days, ...conference } },
  });
}

function entriesOf(result: ImportResult) {
  if ('refusal' in result) throw new Error(result.refusal.detail);
  return result.entries;
}

function only(text: string, format: 'json' | 'xml' = 'json', align: 'start' | null = null): ImportedEntry {
  const [entry, ...others] = entriesOf(importSchedule(text, format, stop, align));
  if (entry === undefined || 'code' in entry || others.length > 0)
    throw new Error(JSON.stringify([entry, ...others]));
  return entry;
}

function refusal(change: Fields): string {
  const [entry] = entriesOf(importSchedule(json([{ ...talk, ...change }]), 'json', stop, null));
  return entry !== undefined && 'code' in entry ? `${entry.code}: ${entry.detail}` : 'taken';
}

describe('the second version of the format', () => {
  it('has its events beside the conference, with objects for rooms and tracks', () => {
    const event = {
      guid: '270fa44c-821a-577f-8ca3-33e8d4a8c2a7',
      title: 'Opening',
      start: '2024-12-27T10:30:00+01:00',
      end: '2024-12-27T11:10:00+01:00',
      room: { slug: 'hall-1', name: 'Hall 1' },
      track: { slug: 'data' },
      participants: [{ guid: '0c16ffaa-709d-599f-959f-9a38b911361a', name: 'Speaker 1', role: 'speaker' }],
    };
    const conference = {
      acronym: 'numbered',
      tracks: [{ slug: 'data', name: 'Data & Quality' }],
      rooms: [{ name: 'Hall 1', capacity: 3025 }],
      days: [{ index: 1, date: '2024-12-27', start: '2024-12-27T09:30:00+00:00' }],
    };
    const file = JSON.stringify({ schedule: { conference, events: [event, null] } });
    expect(entriesOf(importSchedule(file, 'json', stop, null))).toMatchObject([
      {
        sourceId: `guid:${event.guid}`,
        room: { name: 'Hall 1', capacity: 3025 },
        track: 'Data & Quality',
        startsAt: '2024-12-27T09:30:00Z',
        durationMinutes: 40,
        speakers: [{ name: 'Speaker 1', personKey: '0c16ffaa-709d-599f-959f-9a38b911361a' }],
      },
      { code: 'request.invalid' },
    ]);
  });
});

describe('an entry of a schedule', () => {
  it('becomes a session', () => {
    expect(only(json([talk], { rooms: [{ name: 'Curie', capacity: 300 }] }))).toMatchObject({
      sourceId: 'guid:a0a0fcfe-b7fb-46e3-84b6-97a5406016b4',
      title: { en: 'Opening Ceremony' },
      abstract: { en: 'Welcome.' },
      kind: 'sharing',
      track: 'CCC',
      language: 'en',
      speakers: [{ name: '张三', email: null, personKey: 'camp2019:7797' }],
      room: { name: 'Curie', capacity: 300 },
      startsAt: '2019-08-21T09:00:00Z',
      durationMinutes: 30,
    });
  });

  it.each([
    ['no title', { title: ' ' }, 'It has no title.'],
    [
      'a title that is too long',
      { title: '长'.repeat(201) },
      'Its title must be at most 200 characters long; these are 201.',
    ],
    ['no time', { date: 'soon', start: null }, 'It has no date and start that can be read.'],
    [
      'a time that does not exist',
      { date: '2019-02-30T11:00:00+01:00', start: null },
      'It has no date and start that can be read.',
    ],
    ['no duration', { duration: 'long' }, 'It has no duration that can be read.'],
    ['more than a day', { duration: '24:01' }, 'It lasts 1441 minutes; a session lasts 5 to 1440.'],
    [
      'too many faults at once',
      { title: null, duration: null },
      'It has no title. It has no duration that can be read.',
    ],
    [
      'a crowd',
      { persons: Array.from({ length: 51 }, (_, id) => ({ id, name: `${id}` })) },
      'It has more than 50 speakers.',
    ],
  ])('with %s is refused by name', (_what, change, detail) => {
    expect(refusal(change)).toBe(`request.invalid: ${detail}`);
  });

  it('has its names in one line each', () => {
    const event = {
      ...talk,
      title: 'Two\r\nlines',
      track: 'A\tB',
      persons: [{ id: 1, name: 'Speaker\u2028 1' }],
    };
    expect(entriesOf(importSchedule(json([event]), 'json', stop, null))).toMatchObject([
      { title: { en: 'Two lines' }, track: 'A B', speakers: [{ name: 'Speaker 1' }] },
    ]);
  });

  it('that is wrong leaves the others alone', () => {
    const entries = entriesOf(
      importSchedule(json([7, { ...talk, title: null }, talk, null]), 'json', stop, null),
    );
    expect(entries.map((entry) => 'code' in entry)).toEqual([true, true, false, true]);
  });

  it('that claims to be another one of the file is refused', () => {
    const entries = entriesOf(importSchedule(json([talk, { ...talk, title: 'B' }]), 'json', stop, null));
    expect(entries[1]).toMatchObject({ code: 'request.invalid', given: { title: 'B' } });
  });

  it.each([
    ['id', { id: 7 }],
    ['code', { code: 'ABC' }],
    ['name', {}],
  ])('has a speaker known by its %s in that conference', (_by, known) => {
    const [a, b, c] = ['camp', 'camp', 'other'].map(
      (acronym) =>
        only(json([{ ...talk, persons: [{ ...known, name: 'x' }] }], { acronym })).speakers[0]?.personKey,
    );
    expect(a).toBe(b);
    expect(a).not.toBe(c);
  });

  it('has each speaker once, by e-mail where there is one, and no speaker without a name', () => {
    const persons = [
      { id: 1, name: 'a' },
      { id: 1, name: 'a' },
      { id: 2 },
      { name: 'b', email: 'B@Example.com' },
      'c',
      9,
    ];
    expect(only(json([{ ...talk, persons }])).speakers.map((s) => [s.name, s.email])).toEqual([
      ['a', null],
      ['b', 'b@example.com'],
      ['c', null],
    ]);
  });

  it('shows the description where there is no abstract, and keeps both as they were', () => {
    const entry = only(
      json([{ ...talk, abstract: '', description: '说'.repeat(6000), do_not_record: true }]),
    );
    expect(entry.abstract?.zh).toHaveLength(5000);
    expect(entry.source.description).toHaveLength(6000);
    expect(entry.source.doNotRecord).toBe(true);
  });
});

describe('the same file again', () => {
  it.each([
    ['with guids', talk],
    ['with ids that are no UUIDs', { ...talk, guid: undefined, id: 'dsadf' }],
    ['with nothing of the sort', { ...talk, guid: undefined, id: undefined }],
  ])('has the same keys %s, aligned or not', (_what, event) => {
    const text = json([event, { ...event, title: 'B', guid: undefined, id: undefined }]);
    const keys = (align: 'start' | null): unknown[] =>
      entriesOf(importSchedule(text, 'json', stop, align)).map((entry) => entry.sourceId);
    expect(keys('start')).toEqual(keys(null));
    expect(new Set(keys(null)).size).toBe(2);
  });
});

describe('times', () => {
  const noOffset = { ...talk, date: '2019-08-21T11:00:00' };

  it.each([
    ['as they are', talk, {}, {}, null, '2019-08-21T09:00:00Z'],
    ['without offset, in the zone of the file', noOffset, {}, {}, null, '2019-08-21T09:00:00Z'],
    [
      'without any zone, in that of the stop',
      noOffset,
      { time_zone_name: null },
      {},
      null,
      '2019-08-21T03:00:00Z',
    ],
    ['in a zone that is none', noOffset, { time_zone_name: 'Mars/Base' }, {}, null, '2019-08-21T03:00:00Z'],
    [
      'with a blank for the T',
      { ...talk, date: '2019-08-21 11:00:00+02:00' },
      {},
      {},
      null,
      '2019-08-21T09:00:00Z',
    ],
    ['by day and clock', { ...talk, date: null }, {}, {}, null, '2019-08-21T09:00:00Z'],
    ['by date and clock', { ...talk, date: '2019-08-22' }, {}, {}, null, '2019-08-22T09:00:00Z'],
    [
      'in the night after the day',
      { ...talk, date: null, start: '02:30' },
      { day_change: '09:00:00' },
      {},
      null,
      '2019-08-22T00:30:00Z',
    ],
    [
      'before the start of the day',
      { ...talk, date: null, start: '2:30' },
      {},
      { day_start: '2019-08-21T09:00:00+02:00' },
      null,
      '2019-08-22T00:30:00Z',
    ],
    ['aligned: the wall clock stays', talk, {}, {}, 'start', '2026-12-12T03:00:00Z'],
    [
      'aligned, from UTC in a named zone',
      { ...talk, date: '2019-08-21T09:00:00Z' },
      {},
      {},
      'start',
      '2026-12-12T03:00:00Z',
    ],
    [
      'aligned, from +00:00 in a named zone',
      { ...talk, date: '2019-08-21T09:00:00+00:00' },
      {},
      {},
      'start',
      '2026-12-12T03:00:00Z',
    ],
    [
      'in the night after the spring change, when the clock skipped that time the night before',
      { ...talk, date: null, start: '02:30' },
      { day_change: '09:00:00' },
      { date: '2019-03-31' },
      null,
      '2019-04-01T00:30:00Z',
    ],
    [
      'aligned, from a time that the clock of the file skipped',
      { ...talk, date: '2019-03-31T02:30:00' },
      {},
      { date: '2019-03-31' },
      'start',
      '2026-12-11T18:30:00Z',
    ],
    [
      'exactly, where the clock shows it twice',
      { ...talk, date: '2019-10-27T01:30:00Z' },
      {},
      {},
      null,
      '2019-10-27T01:30:00Z',
    ],
    ['aligned, no day dated', talk, {}, { date: null }, 'start', '2026-12-12T03:00:00Z'],
    [
      'aligned, in the second night',
      { ...talk, date: '2019-08-23T01:00:00+02:00' },
      {},
      {},
      'start',
      '2026-12-13T17:00:00Z',
    ],
  ] as const)('%s', (_what, event, conference, day, align, expected) => {
    expect(only(json([event], conference, day), 'json', align).startsAt).toBe(expected);
  });

  it('have a length by the end where there is no duration', () => {
    expect(only(json([{ ...talk, duration: null, end: '2019-08-21T12:15:00+02:00' }])).durationMinutes).toBe(
      75,
    );
  });

  it.each([
    ['00:30', 30],
    ['1:05', 65],
    ['01:00:00', 60],
    ['00:44:30', 45],
    ['PT1H30M', 90],
    ['45', 45],
    ['1:75', null],
    ['-1:00', null],
    ['PT', null],
    ['', null],
    ['01:00:00:00', null],
  ])('a duration %j is %s minutes', (text, minutes) => {
    expect(minutesOf(text)).toBe(minutes);
  });
});

describe('kinds', () => {
  it.each([
    ['Keynote', 'keynote'],
    ['Podiumsdiskussion', 'panel'],
    ['圆桌论坛', 'panel'],
    ['hands-on', 'workshop'],
    ['颁奖典礼', 'award'],
    ['lecture', 'sharing'],
    [null, 'sharing'],
  ])('%s is %s', (type, kind) => {
    expect(kindOf(type)).toBe(kind);
  });
});

describe('schedule.xml', () => {
  // As Pentabarf's children write it: no guid, no date, no zone, HTML in the abstract, a blank line at the start.
  const xml = `
<?xml version="1.0" encoding="UTF-8"?>
<schedule><conference><title>示例大会</title><day_change>09:00:00</day_change></conference>
<day index="1" date="2026-02-03"><room name="一号厅"><event id="6975"><start>00:30</start><duration>00:25</duration>
<room>一号厅</room><slug>a</slug><title>A &amp; B&nbsp;C</title><subtitle/><track/><type>keynote</type><language/>
<abstract><p>First <b>second</b>.</p></abstract><persons><person id="6">张三</person></persons>
<links><link href="https://example.com/">Site</link></links></event></room></day></schedule>`;

  it.each([
    ['<rss/>', 'xml', 'request.invalid', 'but its root element is <rss>.'],
    ['<schedule/>', 'xml', 'request.invalid', 'but it has neither.'],
    ['<schedule><day></schedule>', 'xml', 'request.malformed', 'it is not well-formed (line 1, column 26).'],
    ['{"a": 1,\n "b"}', 'json', 'request.malformed', 'The file is not valid JSON (line 2, column 5).'],
    ['{"events": []}', 'json', 'request.invalid', '"conference" and in it a list "days" was expected.'],
  ] as const)('%s says what is wrong with it', (text, format, code, end) => {
    const result = importSchedule(text, format, stop, null);
    expect(result).toMatchObject({ refusal: { code } });
    expect('refusal' in result && result.refusal.detail.endsWith(end) ? end : result).toBe(end);
  });

  it('is read like JSON', () => {
    const entry = only(xml, 'xml');
    expect(entry).toMatchObject({
      title: { en: 'A & B&nbsp;C' },
      abstract: { en: 'First second.' },
      kind: 'keynote',
      track: null,
      language: null,
      speakers: [{ name: '张三', personKey: '示例大会:6' }],
      room: { name: '一号厅' },
      startsAt: '2026-02-03T16:30:00Z',
      durationMinutes: 25,
    });
    expect(entry.source.links).toEqual([{ url: 'https://example.com/', title: 'Site' }]);
  });

  it.each([
    ['nothing', '', 'request.malformed'],
    ['JSON', '{}', 'request.malformed'],
    ['another document', '<html/>', 'request.invalid'],
    ['half a file', xml.slice(0, 400), 'request.malformed'],
    [
      'entities that expand',
      `<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><schedule>&b;</schedule>`,
      'request.malformed',
    ],
    [
      'an entity from outside',
      `<!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/passwd">]><schedule>&a;</schedule>`,
      'request.malformed',
    ],
    ['elements without end', '<a>'.repeat(100_000), 'request.malformed'],
  ])('refuses %s', (_what, text, code) => {
    expect(importSchedule(text, 'xml', stop, null)).toMatchObject({ refusal: { code } });
  });
});

describe('files that are none', () => {
  it.each([
    ['', 'request.malformed'],
    ['{', 'request.malformed'],
    ['['.repeat(500_000), 'request.malformed'],
    ['null', 'request.invalid'],
    ['{"schedule":{"conference":{"days":{}}}}', 'request.invalid'],
    [json(Array.from({ length: 5001 }, () => 1)), 'request.invalid'],
  ])('are refused: %.40s', (text, code) => {
    expect(importSchedule(text, 'json', stop, 'start')).toMatchObject({ refusal: { code } });
  });

  it('never make it throw, whatever their parts are', () => {
    const odd = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom('2019-08-21', '99:99', '24:00', '-271821-04-20T00:00:00Z', '+275760-09-13T00:00:00Z'),
    );
    const oddTalk = fc.record(
      Object.fromEntries(
        Object.entries(talk).map(([key, value]) => [key, fc.oneof(fc.constant(value as unknown), odd)]),
      ),
    );
    const oddFile = fc.record({
      acronym: odd,
      time_zone_name: odd,
      day_change: odd,
      rooms: odd,
      days: fc.array(
        fc.record({
          date: odd,
          day_start: odd,
          rooms: fc.dictionary(fc.string(), fc.array(oddTalk, { maxLength: 3 }), { maxKeys: 2 }),
        }),
        { maxLength: 2 },
      ),
    });
    fc.assert(
      fc.property(oddFile, fc.constantFrom('start', null), (conference, align) => {
        for (const entry of entriesOf(
          importSchedule(JSON.stringify({ schedule: { conference } }), 'json', stop, align),
        )) {
          if ('code' in entry) expect(entry.detail).not.toBe('');
          else
            expect([Number.isFinite(Date.parse(entry.startsAt)), entry.durationMinutes >= 5]).toEqual([
              true,
              true,
            ]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('never make it throw as JSON of any shape, as any text, or as XML cut anywhere', () => {
    const shape = fc.oneof(
      fc.jsonValue(),
      fc.jsonValue().map((days) => ({ schedule: { conference: { days } } })),
    );
    fc.assert(
      fc.property(shape, fc.string({ unit: 'binary' }), (value, text) => {
        importSchedule(JSON.stringify(value), 'json', stop, 'start');
        importSchedule(text, 'json', stop, 'start');
        importSchedule(text, 'xml', stop, 'start');
        importSchedule(
          `<schedule><day date="x"><room><event>${text}</event></room></day></schedule>`,
          'xml',
          stop,
          'start',
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe('what an entry loses', () => {
  const remark = (change: Fields): string | null => only(json([{ ...talk, ...change }])).remark;

  it.each<[string, Fields, string | null]>([
    ['nothing', {}, null],
    [
      'what could not be decoded',
      { title: 'a \uFFFD b' },
      'Some of its characters can not be decoded and show as \uFFFD.',
    ],
    ['half a character', { x: 'a \uD800' }, 'Some of its characters can not be decoded and show as \uFFFD.'],
    ['a control character', { abstract: 'a\u0007b' }, 'Its control characters are left out.'],
    [
      'a character that turns the text round',
      { title: 'a\u202Eb' },
      'Its characters that turn the direction of the text round are left out.',
    ],
    [
      'links without addresses',
      { links: [{ title: 'x' }, 'https://example.org', 7] },
      '2 links without an address are left out.',
    ],
    [
      'a link that does something',
      { links: [{ url: 'javascript:alert(1)' }] },
      'Left out: the link “javascript:alert(1)”.',
    ],
    [
      'persons without a name, or twice',
      { persons: ['张三', '张三', { id: 1 }, '\u200B'] },
      'Left out: 1 of its persons, listed twice. Left out: 2 of its persons, without a name.',
    ],
    [
      'a room that shows nothing',
      { room: '\u200B' },
      'Its room is longer than 200 characters, or shows nothing, and is left out.',
    ],
  ])('is named: %s', (_what, change, expected) => {
    expect(remark(change)).toBe(expected);
  });

  it.each([
    ['\u200B', 'must show at least one letter'],
    ['𠮷'.repeat(201), 'must be at most 200 characters long; these are 201'],
  ])('is the entry, for a title that can be none: %s', (title, why) => {
    expect(refusal({ title })).toContain(`Its title ${why}`);
    expect(refusal({ title: '𠮷'.repeat(200) })).toBe('taken');
  });
});
