import { describe, expect, it } from '@jest/globals';
import { slotsOf } from './slots.js';

const stop = { startsAt: '2027-01-16T01:00:00Z', endsAt: '2027-01-16T09:00:00Z' };
const starts = (given: Parameters<typeof slotsOf>[0]) =>
  slotsOf(given, stop).map(({ startsAt }) => startsAt.slice(11, 16));
const regular = { from: '2027-01-16T01:00:00Z', to: '2027-01-16T03:00:00Z', minutes: 25, breakMinutes: 5 };

describe('slots', () => {
  it('follow each other with breaks, the last one whole', () => {
    expect(starts(regular)).toEqual(['01:00', '01:30', '02:00', '02:30']);
    expect(starts({ ...regular, to: '2027-01-16T02:54:00Z' })).toEqual(['01:00', '01:30', '02:00']);
    expect(starts({ ...regular, to: '2027-01-16T02:55:00Z' })).toHaveLength(4);
  });

  it('are taken as given, in order of time', () => {
    const given = { minutes: 20, starts: ['2027-01-16T05:00:00Z', '2027-01-16T10:00:00+08:00'] };
    expect(starts(given)).toEqual(['02:00', '05:00']);
  });

  it.each([
    [{ ...regular, to: '2027-01-16T01:10:00Z' }, 'hold no slot'],
    [{ ...regular, to: '2027-01-16T01:00:00Z' }, 'must lie behind'],
    [{ ...regular, from: '2027-01-16T00:00:00Z' }, 'inside the stop'],
    [{ ...regular, from: '2027-01-16T08:00:00Z', to: '2027-01-16T09:30:00Z' }, 'inside the stop'],
    [{ minutes: 30, starts: ['2027-01-16T02:00:00Z', '2027-01-16T02:20:00Z'] }, 'overlap'],
    [{ minutes: 30, starts: ['2027-01-16T02:00:00Z', '2027-01-16T02:00:00Z'] }, 'overlap'],
    [{ minutes: 30, starts: ['2027-01-16T08:40:00Z'] }, 'inside the stop'],
    [{ ...regular, to: '2028-01-16T03:00:00Z' }, 'more than 1000'],
  ])('are refused: %j', (given, message) => expect(() => slotsOf(given, stop)).toThrow(message));
});
