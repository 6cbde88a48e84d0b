import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { shiftWallClock } from './wall-clock.js';

const zones = [
  'Asia/Shanghai',
  'Asia/Urumqi',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'UTC',
];
const iso = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');
const minute = fc.integer({ min: Date.UTC(2024, 0) / 60_000, max: Date.UTC(2029, 0) / 60_000 });

function clock(at: string, zone: string): string {
  return DateTime.fromISO(at, { zone }).toFormat('yyyy-LL-dd HH:mm');
}

describe('wall-clock shift', () => {
  it.each([
    [
      'a day later',
      'Asia/Shanghai',
      '2026-12-12T01:30:00Z',
      '2026-12-12T01:00:00Z',
      '2026-12-13T01:00:00Z',
      '2026-12-13T01:30:00Z',
    ],
    [
      'over the end of summer time',
      'Europe/Berlin',
      '2026-10-24T07:30:00Z',
      '2026-10-24T07:00:00Z',
      '2026-10-25T08:00:00Z',
      '2026-10-25T08:30:00Z',
    ],
    [
      'over its beginning',
      'Europe/Berlin',
      '2026-03-28T08:30:00Z',
      '2026-03-28T08:00:00Z',
      '2026-03-29T07:00:00Z',
      '2026-03-29T07:30:00Z',
    ],
    [
      'onto a time the clock skips',
      'Europe/Berlin',
      '2026-03-28T01:30:00Z',
      '2026-03-28T00:00:00Z',
      '2026-03-29T00:00:00Z',
      '2026-03-29T01:30:00Z',
    ],
    [
      'onto a time shown twice: the first',
      'Europe/Berlin',
      '2026-10-24T00:30:00Z',
      '2026-10-24T00:00:00Z',
      '2026-10-25T00:00:00Z',
      '2026-10-25T00:30:00Z',
    ],
    [
      'unless that is before the stop',
      'Europe/Berlin',
      '2026-10-24T00:30:00Z',
      '2026-10-24T00:00:00Z',
      '2026-10-25T01:00:00Z',
      '2026-10-25T01:30:00Z',
    ],
    [
      'nowhere: the second showing stays',
      'Europe/Berlin',
      '2026-10-25T01:30:00Z',
      '2026-10-25T00:00:00Z',
      '2026-10-25T00:00:00Z',
      '2026-10-25T01:30:00Z',
    ],
    [
      'a half-hour gap',
      'Australia/Lord_Howe',
      '2026-10-02T15:45:00Z',
      '2026-10-02T13:30:00Z',
      '2026-10-03T13:30:00Z',
      '2026-10-03T15:45:00Z',
    ],
  ])('%s', (_what, zone, startsAt, from, to, expected) => {
    expect(shiftWallClock(startsAt, zone, from, to)).toBe(expected);
  });

  it('moves what began with the stop to where the stop now begins', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), minute, minute, (zone, from, to) => {
        const [a, b] = [iso(from * 60_000), iso(to * 60_000)];
        expect(shiftWallClock(a, zone, a, b)).toBe(b);
      }),
    );
  });

  it('shifts what the clock shows by as much as the stop was shifted, unless the clock skips that time', () => {
    const length = fc.integer({ min: 0, max: 3 * 24 * 60 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), minute, minute, length, (zone, from, to, later) => {
        const [a, b, session] = [from, to, from + later].map((at) => iso(at * 60_000));
        const moved = shiftWallClock(session ?? '', zone, a ?? '', b ?? '');
        const asClock = (at: string): number => Date.parse(`${clock(at, zone).replace(' ', 'T')}Z`);
        const wanted = asClock(session ?? '') + asClock(b ?? '') - asClock(a ?? '');
        const shown = asClock(moved);
        const skipped =
          asClock(iso(DateTime.fromISO(iso(wanted).replace('Z', ''), { zone }).toMillis())) !== wanted;
        if (a !== b && !skipped) expect(shown).toBe(wanted);
        else expect(Math.abs(shown - wanted)).toBeLessThanOrEqual(60 * 60_000);
      }),
      { numRuns: 1000 },
    );
  });

  it('is a plain addition where the clock never changes', () => {
    fc.assert(
      fc.property(minute, minute, minute, (session, from, to) => {
        const [s, a, b] = [session * 60_000, from * 60_000, to * 60_000];
        expect(shiftWallClock(iso(s), 'Asia/Shanghai', iso(a), iso(b))).toBe(iso(s + b - a));
      }),
    );
  });
});
