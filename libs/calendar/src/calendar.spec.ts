import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import ICAL from 'ical.js';
import ical, { ICalCalendarMethod, ICalEventStatus, foldLines } from 'ical-generator';
import { DateTime } from 'luxon';
import { calendarOf, type CalendarEntry } from './calendar.js';

const entry: CalendarEntry = {
  uid: '0199a1b2-0000-7000-8000-000000000001@waystop',
  sequence: 3,
  status: 'CONFIRMED',
  startsAt: '2026-12-04T01:00:00Z',
  endsAt: '2026-12-04T09:30:00Z',
  timeZone: 'Asia/Shanghai',
  summary: '示例企业 017：成都站',
  description: '第一行\n第二行；逗号，分号; comma, back\\slash',
  location: '会场 A, 一号厅; 成都市',
  lastModified: '2026-11-23T08:00:00Z',
};

function feed(...entries: CalendarEntry[]): string {
  return calendarOf({ name: '巡回, 2026', lang: 'zh', entries });
}

/** Reads a feed as a subscriber would: with the zones of the feed itself, not those of this machine. */
function read(text: string): ICAL.Event[] {
  ICAL.TimezoneService.reset();
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  return calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
}

function first(text: string): ICAL.Event {
  const event = read(text)[0];
  if (event === undefined) throw new Error('The feed has no event.');
  return event;
}

function instant(time: ICAL.Time): string {
  return new Date(time.toUnixTime() * 1000).toISOString().replace('.000Z', 'Z');
}

describe('calendar', () => {
  it('is read back equal by another parser', () => {
    const event = first(feed(entry));
    expect(event.uid).toBe(entry.uid);
    expect(event.sequence).toBe(3);
    expect(event.summary).toBe(entry.summary);
    expect(event.description).toBe(entry.description);
    expect(event.location).toBe(entry.location);
    expect(event.component.getFirstPropertyValue('status')).toBe('CONFIRMED');
    expect([instant(event.startDate), instant(event.endDate)]).toEqual([entry.startsAt, entry.endsAt]);
    expect(event.startDate.zone?.tzid).toBe('Asia/Shanghai');
  });

  it('writes what an established library writes, octet for octet', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '数', '\u{1F680}', ',', ';', '\\', '\n', 'é', ' '),
      maxLength: 120,
    });
    fc.assert(
      fc.property(
        text.filter((one) => one.trim() !== ''),
        text.filter((one) => one !== ''),
        text,
        (summary, description, location) => {
          const theirs = ical({
            name: 'x',
            prodId: { company: 'Waystop', product: 'Waystop', language: 'ZH' },
            method: ICalCalendarMethod.PUBLISH,
            ttl: 900,
          });
          theirs.createEvent({
            id: entry.uid,
            sequence: 3,
            status: ICalEventStatus.CONFIRMED,
            start: new Date(entry.startsAt),
            end: new Date(entry.endsAt),
            stamp: new Date(entry.lastModified),
            lastModified: new Date(entry.lastModified),
            summary,
            description,
            location: { title: location === '' ? 'x' : location, geo: { lat: 30.5, lon: 104 } },
            url: 'https://example.org/stops/1',
          });
          const ours = calendarOf({
            name: 'x',
            lang: 'zh',
            entries: [
              {
                ...entry,
                timeZone: 'UTC',
                summary,
                description,
                location: location === '' ? 'x' : location,
                geo: { lat: 30.5, lon: 104 },
                url: 'https://example.org/stops/1',
              },
            ],
          });
          expect(ours).toBe(`${theirs.toString()}\r\n`);
          expect(ours).toBe(foldLines(ours.replaceAll('\r\n ', '')));
        },
      ),
    );
  });

  it('says that a cancelled entry is cancelled', () => {
    const event = first(feed({ ...entry, status: 'CANCELLED', sequence: 4 }));
    expect(event.component.getFirstPropertyValue('status')).toBe('CANCELLED');
  });

  it('gives the same octets for the same entries', () => {
    expect(feed(entry)).toBe(feed({ ...entry }));
    expect(feed(entry)).toContain('DTSTAMP:20261123T080000Z');
  });

  it('escapes what RFC 5545 reserves', () => {
    const text = feed({ ...entry, summary: 'a,b;c\\d\ne' });
    expect(text).toContain('SUMMARY:a\\,b\\;c\\\\d\\ne\r\n');
    expect(text).toContain('X-WR-CALNAME:巡回\\, 2026\r\n');
  });

  it('lets no name start a property of its own', () => {
    const text = calendarOf({ name: 'a\r\nX-EVIL:1\nb', lang: 'en', entries: [] });
    expect(text).toContain('X-WR-CALNAME:a\\nX-EVIL:1\\nb\r\n');
    expect(text).not.toMatch(/^X-EVIL/mu);
  });

  it('ends every line with CRLF, the last one too', () => {
    expect(feed(entry)).toMatch(/\r\nEND:VCALENDAR\r\n$/u);
  });

  it('is well-formed without entries', () => {
    expect(read(feed())).toEqual([]);
  });

  it('keeps the entries of several zones apart', () => {
    const text = feed(
      entry,
      { ...entry, uid: 'b@waystop', timeZone: 'Asia/Urumqi' },
      { ...entry, uid: 'c@waystop' },
    );
    expect(text.match(/^TZID:/gmu)).toHaveLength(2);
    expect(read(text).map((event) => instant(event.startDate))).toEqual(Array(3).fill(entry.startsAt));
  });

  it.each([
    ['America/New_York', '2026-03-08T06:59:00Z'],
    ['America/New_York', '2026-03-08T07:00:00Z'],
    ['Europe/Berlin', '2026-10-25T00:30:00Z'],
    ['Europe/Berlin', '2026-10-25T01:30:00Z'],
    ['Europe/Berlin', '2026-07-01T12:00:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T16:00:00Z'],
    ['Asia/Kathmandu', '2026-04-04T15:00:00Z'],
    ['Asia/Shanghai', '1988-07-01T00:00:00Z'],
    ['UTC', '2026-04-04T15:00:00Z'],
  ])('shows %s at %s as the same instant elsewhere', (timeZone, startsAt) => {
    const endsAt = new Date(Date.parse(startsAt) + 1_800_000).toISOString();
    expect(instant(first(feed({ ...entry, timeZone, startsAt, endsAt })).startDate)).toBe(startsAt);
  });

  it('shows the local time that luxon has, and means the same instant elsewhere, for entries far apart', () => {
    const names = [
      'Europe/Berlin',
      'America/New_York',
      'America/Sao_Paulo',
      'Africa/Casablanca',
      'Asia/Gaza',
    ];
    const zones = [...names, 'Asia/Tehran', 'Asia/Shanghai', 'Australia/Lord_Howe', 'America/St_Johns'];
    const minute = fc.integer({ min: 0, max: (Date.UTC(2200, 0, 1) - Date.UTC(2000, 0, 1)) / 60_000 - 1 });
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.array(minute, { minLength: 1, maxLength: 6 }),
        (timeZone, of) => {
          const starts = of.map((after) => new Date(Date.UTC(2000, 0, 1) + after * 60_000));
          const events = read(
            feed(
              ...starts.map((start, index) => {
                const startsAt = start.toISOString();
                return { ...entry, uid: `${index}@waystop`, timeZone, startsAt, endsAt: startsAt };
              }),
            ),
          );
          expect(events.map((event) => event.startDate.toUnixTime() * 1_000)).toEqual(
            starts.map((start) => start.getTime()),
          );
          for (const [index, { startDate }] of events.entries()) {
            if (startDate.zone?.tzid !== timeZone) continue;
            const local = DateTime.fromJSDate(starts[index] ?? new Date(), { zone: timeZone });
            expect(startDate.toString()).toBe(local.toFormat("yyyy-MM-dd'T'HH:mm:ss"));
          }
        },
      ),
    );
  });

  it('is right in the hours around each change of the clock', () => {
    const changes: [string, string][] = [
      ['Europe/Berlin', '2026-03-29T01:00:00Z'],
      ['Europe/Berlin', '2026-10-25T01:00:00Z'],
      ['America/New_York', '2026-03-08T07:00:00Z'],
      ['America/New_York', '2026-11-01T06:00:00Z'],
      ['America/St_Johns', '2010-11-07T02:31:00Z'],
      ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
      ['Africa/Casablanca', '2026-02-15T02:00:00Z'],
      ['Africa/Casablanca', '2026-03-22T02:00:00Z'],
      ['Asia/Gaza', '2015-03-27T22:00:00Z'],
      ['Pacific/Apia', '2011-12-30T10:00:00Z'],
    ];
    for (const [timeZone, change] of changes) {
      const starts = Array.from({ length: 49 }, (_, index) =>
        new Date(Date.parse(change) + (index - 24) * 900_000).toISOString().replace('.000Z', 'Z'),
      );
      const entries = starts.map((startsAt) => ({
        ...entry,
        uid: startsAt,
        timeZone,
        startsAt,
        endsAt: startsAt,
      }));
      expect([timeZone, ...read(feed(...entries)).map((event) => instant(event.startDate))]).toEqual([
        timeZone,
        ...starts,
      ]);
    }
  });

  it('asks subscribers to come back after a quarter of an hour', () => {
    expect(feed(entry)).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT15M\r\n');
    expect(feed(entry)).toContain('X-PUBLISHED-TTL:PT15M\r\n');
  });

  it('says where a place is, where that is known', () => {
    const event = first(feed({ ...entry, geo: { lat: 30.5728, lon: -104.0668 } }));
    expect(event.component.getFirstPropertyValue('geo')).toEqual([30.5728, -104.0668]);
    expect(event.location).toBe(entry.location);
    expect(feed({ ...entry, geo: null }, entry)).not.toContain('GEO:');
  });

  it('says UTC as UTC, without a zone of its own', () => {
    const text = feed({ ...entry, timeZone: 'UTC' });
    expect(text).toContain('DTSTART:20261204T010000Z\r\n');
    expect(text).not.toContain('VTIMEZONE');
  });

  it('folds any text at 75 octets, never inside a character, and loses nothing', () => {
    const piece = fc.constantFrom(
      '技',
      '术',
      'é',
      '🎤',
      '👩‍💻',
      ',',
      ';',
      '\\',
      '\n',
      'a',
      ' ',
      '"',
      ':',
      'END:VEVENT\n',
    );
    const words = fc.string({ unit: piece, minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(words, words, (summary, description) => {
        const text = feed({ ...entry, summary: `成${summary}站`, description: `成${description}站` });
        const lines = text.split('\r\n');
        for (const line of lines) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/[\r\n]/u);
          expect(line.isWellFormed()).toBe(true);
        }
        const event = first(text);
        expect([event.summary, event.description]).toEqual([`成${summary}站`, `成${description}站`]);
      }),
      { numRuns: 100 },
    );
  });

  it('of a large conference costs no more than a moment', () => {
    const description = '长的文字 and words. '.repeat(150);
    const entries = Array.from({ length: 500 }, (_, index) => ({ ...entry, uid: `${index}`, description }));
    const before = process.cpuUsage();
    feed(...entries);
    // Folded character by character this once took four seconds and more of one core.
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(2_000);
  });

  it('survives any text whatever', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (summary) => {
        expect(read(feed({ ...entry, summary: `x${summary}` }))).toHaveLength(1);
      }),
    );
  });
});
