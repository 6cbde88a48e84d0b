import { describe, expect, it } from '@jest/globals';
import { importSchedule } from '../schedule-import/import-schedule.js';
import type { ScheduleDetails } from '../schedule-file/schedule-details.js';
import { exportSchedule, scheduleJson } from './export-schedule.js';
import { scheduleXml } from './export-xml.js';

const stop = { timeZone: 'Asia/Shanghai', startsAt: '2026-12-12T01:00:00Z' };
const guid = '0199a1b2-0000-7000-8000-00000000aaaa';

const conference = {
  acronym: '31C3',
  title: 'Another title',
  start: '2014-12-27',
  end: '2014-12-28',
  daysCount: 2,
  timeslot_duration: '00:30',
  time_zone_name: 'Europe/Berlin',
  url: 'https://example.org/31c3',
  logo: '/system/logo.png',
  colors: { primary: '#ff5053', '2nd': ['#1', 2] },
  tracks: [
    { name: 'Ethics, Society & Politics', color: '#ffa200', slug: 'ethics' },
    { name: 'Art', '2nd colour': null },
  ],
  x_unknown: { deep: [1, null, 'text', { 'a b': true }] },
  '2nd unknown': 7,
  contact: 'orga@example.org',
  email: 'orga@example.org',
};
const file = {
  $schema: '../schema.json',
  generator: { name: 'another tool' },
  x_beside: ['kept'],
  schedule: {
    version: '1.5',
    base_url: 'https://example.org/schedule/',
    license: 'cc-by 4.0',
    conference: {
      ...conference,
      rooms: [
        {
          name: 'Saal 1',
          guid,
          description: 'The large one',
          capacity: 200,
          slug: 'saal-1',
          features: { a: 1 },
        },
        { name: '302', guid, capacity: null, '2nd': 'kept' },
      ],
      days: [
        { index: 1, date: '2014-12-27', day_start: '', day_end: '', title: 'The first', rooms: {} },
        { index: 2, date: '2014-12-28', day_start: '', day_end: '', x: { y: 2 }, rooms: {} },
        { index: 9, date: '2015-12-28', day_start: '', day_end: '', x: 'too late', rooms: {} },
      ],
    },
  },
};

function read(text: string, format: 'json' | 'xml', align: 'start' | null = 'start') {
  const result = importSchedule(text, format, stop, align);
  if ('refusal' in result) throw new Error(result.refusal.detail);
  return result;
}

function exported(details: ScheduleDetails) {
  return exportSchedule({
    stop: { ...stop, id: '0199a1b2-0000-7000-8000-00000000abcd', name: { zh: '成都站' } },
    release: { version: 3 },
    rooms: [
      { id: '0199a1b2-0000-7000-8000-000000000001', name: { en: 'saal  1' }, seats: 50 },
      { id: '0199a1b2-0000-7000-8000-000000000002', name: { zh: '302' }, seats: 20 },
    ],
    // One on each day, so that both days are in the schedule.
    sessions: ['2026-12-12T02:00:00Z', '2026-12-13T02:30:00Z'].map((startsAt, index) => ({
      id: `0199a1b2-0000-7000-8000-00000000001${index}`,
      title: { en: 'A talk' },
      abstract: null,
      kind: 'sharing',
      track: null,
      language: 'en',
      speakers: [],
      companyId: null,
      roomId: '0199a1b2-0000-7000-8000-000000000001',
      startsAt,
      endsAt: new Date(Date.parse(startsAt) + 1_800_000).toISOString(),
      source: null,
    })),
    details,
    lang: 'en',
    baseUrl: 'https://api.example.com',
  });
}

describe('what a file says of its conference', () => {
  const { details, dropped, title } = read(JSON.stringify(file), 'json');
  const { x_beside: beside, schedule } = JSON.parse(scheduleJson(exported(details))) as typeof file;

  it('comes out in the JSON as it came', () => {
    const { title: _title, start: _s, end: _e, daysCount: _d, time_zone_name: _z, ...same } = conference;
    const { contact: _contact, email: _email, ...shown } = same;
    expect(schedule.conference).toMatchObject(shown);
    expect(schedule.license).toBe('cc-by 4.0');
    expect(beside ?? (schedule as unknown as typeof file).x_beside).toEqual(['kept']);
    expect(schedule.conference.rooms).toEqual([
      {
        name: 'saal  1',
        guid,
        description: 'The large one',
        capacity: 50,
        slug: 'saal-1',
        features: { a: 1 },
      },
      {
        name: '302',
        guid: '0199a1b2-0000-7000-8000-000000000002',
        description: null,
        capacity: 20,
        '2nd': 'kept',
      },
    ]);
    expect(schedule.conference.days).toMatchObject([{ title: 'The first' }, { x: { y: 2 } }]);
  });

  it('gives way to what is true of this stop', () => {
    expect(schedule).toMatchObject({
      version: '3',
      base_url: expect.stringContaining('https://api.example.com/'),
      conference: {
        title: '成都站',
        start: '2026-12-12',
        end: '2026-12-13',
        daysCount: 2,
        time_zone_name: 'Asia/Shanghai',
      },
    });
    expect(title).toBe('Another title');
  });

  it('shows no address of a person, and names what is left out', () => {
    expect(JSON.stringify(schedule)).not.toContain('orga@');
    expect(dropped).toEqual([
      '“contact”, which is not published',
      '“email”, which is not published',
      'what it says of days on which the stop does not take place',
    ]);
  });

  it('is the same after a way through either format', () => {
    const json = scheduleJson(exported(details));
    const again = read(json, 'json', null);
    expect(JSON.parse(scheduleJson(exported(again.details)))).toEqual(JSON.parse(json));
    const xml = scheduleXml(exported(details));
    const throughXml = read(xml, 'xml', null);
    expect(throughXml.dropped).toEqual([]);
    expect(JSON.parse(scheduleJson(exported(throughXml.details)))).toEqual(JSON.parse(json));
    expect(scheduleXml(exported(throughXml.details))).toBe(xml);
  });

  it('comes out of XML as it came: elements, attributes, several of one name', () => {
    const xml = `<schedule><generator name="x" version="1"/><url>https://example.org/s.xml</url><version>1</version>
      <conference><acronym>d1c0</acronym><title>Made up</title><days>1</days>
      <track name="Art" slug="art" color="#123456"/><track name="302"/><logo>/logo.png</logo>
      <color background="#fff"/><sponsor>A</sponsor><sponsor level="gold">B &amp; C</sponsor></conference>
      <day index="1" date="2014-12-27" start="" end="" title="The first"><room name="302" guid="${guid}" x="1">
      </room></day><license href="https://example.org/l">cc-by</license></schedule>`;
    const out = scheduleXml(exported(read(xml, 'xml').details));
    for (const part of [
      '<track name="Art" slug="art" color="#123456"></track><track name="302"></track>',
      '<logo>/logo.png</logo>',
      '<color background="#fff"></color>',
      '<sponsor>A</sponsor><sponsor level="gold">B &amp; C</sponsor>',
      '<license href="https://example.org/l">cc-by</license>',
      '<day title="The first" index="1"',
      `<room x="1" name="302" guid="${guid}">`,
    ]) {
      expect(out).toContain(part);
    }
  });

  it('names what has another form than it should have', () => {
    const event = {
      guid,
      date: '2026-12-12T09:00:00+08:00',
      duration: '00:30',
      title: 'A talk',
      persons: [5, null, 'Somebody', { name: 'Another' }],
      links: 'https://example.org',
      attachments: {},
    };
    const days = [1, null, { rooms: [] }, { rooms: { A: { 0: event }, 302: 'x', B: [event] } }];
    const result = read(JSON.stringify({ schedule: { conference: { days } } }), 'json');
    expect(result.dropped).toEqual([
      'day 1, which is no object',
      'day 2, which is no object',
      'the rooms of day 3, which are no object',
      'the events of “302” on day 4, which are no list',
      'the events of “A” on day 4, which are no list',
    ]);
    expect(result.entries).toMatchObject([
      {
        remark:
          'Its links are no list and left out. Its attachments are no list and left out. ' +
          'Left out: 2 of its persons, which are neither objects nor texts.',
        speakers: [{ name: 'Somebody' }, { name: 'Another' }],
      },
    ]);
  });

  it('is given back by nothing where no file was imported', () => {
    const { conference: own } = (
      JSON.parse(
        scheduleJson(exported({ acronym: null, slot: null, outer: {}, conference: {}, rooms: [], days: [] })),
      ) as typeof file
    ).schedule;
    expect(own.acronym).toMatch(/^stop_/u);
    expect(own.timeslot_duration).toBe('00:05');
  });
});
