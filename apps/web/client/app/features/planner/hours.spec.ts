import { describe, expect, it } from '@jest/globals';
import { hasMore, hourMarks, shownHours, snapped, startsOf, stopDays } from './hours.js';
import { aScheduled } from './sessions.fixture.js';

const timeZone = 'Asia/Shanghai';
const ms = Date.parse;
const twoDays = { startsAt: '2027-01-16T01:00:00Z', endsAt: '2027-01-17T10:00:00Z', timeZone };

describe('the days of a stop', () => {
  it('are those of its own clock, each with the stop’s hours', () => {
    expect(stopDays(twoDays)).toEqual([
      { date: '2027-01-16', fromMs: ms('2027-01-16T01:00:00Z'), toMs: ms('2027-01-16T16:00:00Z') },
      { date: '2027-01-17', fromMs: ms('2027-01-16T16:00:00Z'), toMs: ms('2027-01-17T10:00:00Z') },
    ]);
  });

  it('end with a stop that ends at midnight', () => {
    const stop = { startsAt: '2027-01-16T01:00:00Z', endsAt: '2027-01-16T16:00:00Z', timeZone };
    expect(stopDays(stop).map(({ date }) => date)).toEqual(['2027-01-16']);
  });

  it('show the usual hours, what is planned beside them, and all of them where asked', () => {
    const [, second] = stopDays(twoDays);
    if (second === undefined) throw new Error('There are two days.');
    const shown = shownHours(second, [], timeZone, false);
    expect(shown).toEqual({ fromMs: ms('2027-01-17T00:00:00Z'), toMs: ms('2027-01-17T10:00:00Z') });
    expect(hasMore(second, shown)).toBe(true);
    const early = aScheduled('a', 'r', '22:30');
    expect(shownHours(second, [early], timeZone, false).fromMs).toBe(ms('2027-01-16T22:00:00Z'));
    expect(shownHours(second, [], timeZone, true).fromMs).toBe(second.fromMs);
  });

  it('have a mark at each full hour, also in zones of half hours', () => {
    const stop = {
      startsAt: '2027-01-16T04:10:00Z',
      endsAt: '2027-01-16T06:00:00Z',
      timeZone: 'Asia/Kolkata',
    };
    const [day] = stopDays(stop);
    if (day === undefined) throw new Error('There is a day.');
    const shown = shownHours(day, [], stop.timeZone, false);
    expect(hourMarks(shown).map((at) => new Date(at).toISOString().slice(11, 16))).toEqual([
      '03:30',
      '04:30',
      '05:30',
    ]);
    expect(startsOf(day, 30, stop.timeZone).map((at) => new Date(at).toISOString().slice(11, 16))).toEqual([
      '04:30',
      '05:00',
      '05:30',
    ]);
  });

  it.each([
    ['01:07', '01:00'],
    ['01:08', '01:15'],
    ['01:55', '02:00'],
  ])('snap %s to %s', (from, to) =>
    expect(snapped(ms(`2027-01-16T${from}:00Z`), 15, timeZone)).toBe(ms(`2027-01-16T${to}:00Z`)),
  );
});
