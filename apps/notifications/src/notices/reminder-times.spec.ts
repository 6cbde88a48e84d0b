import { describe, expect, it } from '@jest/globals';
import { reminderAt, reminderDecision, withJitter } from './reminder-times.js';

describe('a reminder', () => {
  it.each([
    ['2027-01-16T01:00:00Z', 'Asia/Shanghai', 'P7D', '2027-01-09T01:00:00.000Z'],
    ['2027-01-16T01:00:00Z', 'Asia/Shanghai', 'P1D', '2027-01-15T01:00:00.000Z'],
    // 00:30 there: the day before is still the 15th.
    ['2027-01-15T16:30:00Z', 'Asia/Shanghai', 'P1D', '2027-01-15T01:00:00.000Z'],
    // The clock changes in between: nine o'clock stays nine o'clock.
    ['2027-03-30T07:00:00Z', 'Europe/Berlin', 'P7D', '2027-03-23T08:00:00.000Z'],
    ['2027-03-30T07:00:00Z', 'Europe/Berlin', 'P1D', '2027-03-29T07:00:00.000Z'],
  ])('of a stop at %s in %s, %s before, is due at %s', (startsAt, timeZone, offset, expected) => {
    expect(reminderAt({ startsAt, timeZone }, offset).toISOString()).toBe(expected);
  });

  it('is spread over twenty minutes, the same for the same person', () => {
    const at = new Date('2027-01-09T01:00:00Z');
    for (const id of ['019b2f5e-7c00-7000-8000-0000deadbeef', '019b2f5e-7c00-7000-8000-00000000beef']) {
      const ms = withJitter(at, id).getTime() - at.getTime();
      expect(ms).toBeGreaterThanOrEqual(0);
      expect(ms).toBeLessThan(20 * 60_000);
      expect(withJitter(at, id)).toEqual(withJitter(at, id));
    }
  });

  it.each([
    ['published', 0, 'send'],
    ['published', 6, 'send'],
    ['published', 7, 'missed'],
    ['cancelled', 0, 'void'],
    ['draft', 0, 'void'],
    ['completed', 0, 'void'],
    ['published', 24 * 8, 'void'],
  ])('of a stop that is %s, %i hours late, is: %s', (status, hoursLate, expected) => {
    const dueAt = new Date('2027-01-09T01:00:00Z');
    const now = new Date(dueAt.getTime() + hoursLate * 3_600_000);
    expect(reminderDecision(dueAt, { status, startsAt: '2027-01-16T01:00:00Z' }, now)).toBe(expected);
  });
});
