import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { prefectureOf } from '#reference-data';
import { bookingRows, rowsCollide } from './speaker-booking.js';

type Talk = { start: number; minutes: number; city: string; travel: number; speaker: string };
const talk: fc.Arbitrary<Talk> = fc.record({
  start: fc.nat(80),
  minutes: fc.integer({ min: 5, max: 20 }),
  // Two districts of one prefecture, another one, Beijing by two codes, and two counties that answer to nobody.
  city: fc.constantFrom('510104', '510105', '510700', '110000', '110105', '429004', '429005'),
  travel: fc.constantFrom(0, 5, 15, 30),
  speaker: fc.constantFrom('a@example.com', 'b@example.com'),
});

function rows(of: Talk, id: string) {
  const at = (minutes: number): string => new Date(Date.UTC(2026, 11, 12) + minutes * 60_000).toISOString();
  const session = { id, organizationId: 'o', startsAt: at(of.start), endsAt: at(of.start + of.minutes) };
  return bookingRows(
    { ...session, speakerKeys: [of.speaker] },
    { cityCode: of.city, speakerTravelMinutes: of.travel },
  );
}

/** The rule as the page on the API words it. */
function tooClose(a: Talk, b: Talk): boolean {
  if (a.speaker !== b.speaker) return false;
  const gap = Math.max(b.start - (a.start + a.minutes), a.start - (b.start + b.minutes));
  const needed = prefectureOf(a.city) === prefectureOf(b.city) ? 0 : Math.max(a.travel, b.travel);
  return gap < needed || gap < 0;
}

describe('bookings of a speaker', () => {
  it('collide exactly when the rule says that two sessions are too close', () => {
    const seen = { close: 0, apart: 0 };
    fc.assert(
      fc.property(talk, talk, (a, b) => {
        const [first, second] = [rows(a, '1'), rows(b, '2')];
        const collide = first.some((x) => second.some((y) => rowsCollide(x, y)));
        seen[collide ? 'close' : 'apart'] += 1;
        expect(collide).toBe(tooClose(a, b));
      }),
      { numRuns: 5000 },
    );
    expect(Math.min(seen.close, seen.apart)).toBeGreaterThan(500);
  });

  it('of one session never collide with each other', () => {
    fc.assert(
      fc.property(talk, (a) => {
        const own = rows(a, '1');
        return own.every((x, i) => own.every((y, j) => i === j || !rowsCollide(x, y)));
      }),
    );
  });

  it('are free once the travel time is over, and not a minute before', () => {
    const chengdu = { start: 0, minutes: 30, city: '510100', travel: 10, speaker: 'a@example.com' };
    const collide = (start: number): boolean => {
      const mianyang = { start, minutes: 30, city: '510700', travel: 240, speaker: 'a@example.com' };
      return rows(chengdu, '1').some((x) => rows(mianyang, '2').some((y) => rowsCollide(x, y)));
    };
    expect([collide(269), collide(270)]).toEqual([true, false]);
  });

  it('name a speaker once and in one order', () => {
    const session = {
      id: '1',
      organizationId: 'o',
      startsAt: '2026-12-12T01:00:00Z',
      endsAt: '2026-12-12T02:00:00Z',
    };
    const made = bookingRows(
      { ...session, speakerKeys: ['b', 'a', 'b'] },
      { cityCode: '510100', speakerTravelMinutes: 0 },
    );
    expect(made.map((row) => `${row.speakerKey} ${row.kind}`)).toEqual([
      'a talk',
      'a travel',
      'b talk',
      'b travel',
    ]);
  });
});
