import { describe, expect, it } from '@jest/globals';
import { afterQuietHours } from './quiet-hours.js';

const night = { from: '21:00', to: '08:00' };
const stop = (startsAt: string) => ({ timeZone: 'Asia/Shanghai', startsAt });
const far = stop('2027-03-01T01:00:00Z');

const at = (
  due: string,
  rule: Parameters<typeof afterQuietHours>[1] = 'keeps',
  quiet: typeof night | null = night,
  of = far,
) => afterQuietHours(new Date(due), rule, quiet, of).toISOString();

describe('quiet hours', () => {
  it.each([
    ['2027-01-10T05:00:00Z', '2027-01-10T05:00:00.000Z'], // 13:00
    ['2027-01-10T13:00:00Z', '2027-01-11T00:00:00.000Z'], // 21:00 → 08:00
    ['2027-01-10T12:59:59Z', '2027-01-10T12:59:59.000Z'],
    ['2027-01-10T20:00:00Z', '2027-01-11T00:00:00.000Z'], // 04:00 → 08:00 of the same day
    ['2027-01-11T00:00:00Z', '2027-01-11T00:00:00.000Z'], // 08:00
  ])('of a mail that is due at %s end at %s', (due, expected) => {
    expect(at(due)).toBe(expected);
  });

  it('are for what can wait', () => {
    const due = '2027-01-10T15:00:00Z';
    expect(at(due, 'ignores')).toBe('2027-01-10T15:00:00.000Z');
    expect(at(due, 'keeps', null)).toBe('2027-01-10T15:00:00.000Z');
    expect(at(due, 'ignores_if_soon')).toBe('2027-01-11T00:00:00.000Z');
    expect(at(due, 'ignores_if_soon', night, stop('2027-01-12T01:00:00Z'))).toBe('2027-01-10T15:00:00.000Z');
  });

  it('follow the clock where it changes', () => {
    const berlin = { timeZone: 'Europe/Berlin', startsAt: '2027-06-01T08:00:00Z' };
    expect(at('2027-03-27T22:00:00Z', 'keeps', night, berlin)).toBe('2027-03-28T06:00:00.000Z');
  });
});
