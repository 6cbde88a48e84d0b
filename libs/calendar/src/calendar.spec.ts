import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import ICAL from 'ical.js';
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

  it('keeps what looks like another entry’s description in a text of its own', () => {
    const summary = 'a\u2028DESCRIPTION:0\u2028b';
    const events = read(feed(entry, { ...entry, uid: 'other', summary, description: 'DESCRIPTION:0' }));
    expect(events.map((event) => event.description)).toEqual([entry.description, 'DESCRIPTION:0']);
    expect(events[1]?.summary).toBe(summary);
  });

  it('of a large conference costs no more than a moment', () => {
    const description = '长的文字 and words. '.repeat(150);
    const entries = Array.from({ length: 500 }, (_, index) => ({ ...entry, uid: `${index}`, description }));
    const before = process.cpuUsage();
    feed(...entries);
    // Folded by the library this took four seconds and more of one core.
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
