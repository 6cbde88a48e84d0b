import { describe, expect, it } from '@jest/globals';
import { nextWindowChange, registrationStateOf } from './registration-window.js';

const opensAt = new Date('2027-01-01T00:00:00Z');
const closesAt = new Date('2027-01-10T00:00:00Z');
const published = { status: 'published' as const, opensAt, closesAt };
const at = (text: string) => new Date(text);

describe('the window of a published stop', () => {
  it.each([
    ['2026-12-31T23:59:59Z', 'not_open', opensAt],
    ['2027-01-01T00:00:00Z', 'open', closesAt],
    ['2027-01-09T23:59:59Z', 'open', closesAt],
    ['2027-01-10T00:00:00Z', 'closed', null],
  ] as const)('at %s is %s', (now, state, next) => {
    expect(registrationStateOf(published, at(now))).toBe(state);
    expect(nextWindowChange(published, at(now))).toEqual(next);
  });

  it.each(['draft', 'cancelled', 'completed'] as const)(
    'of a %s stop is not changed by the clock',
    (status) => {
      expect(nextWindowChange({ ...published, status }, at('2026-12-31T00:00:00Z'))).toBeNull();
    },
  );
});
