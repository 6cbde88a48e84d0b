import { describe, expect, it } from '@jest/globals';
import { localRange, localTime, zonedRange, zonedTime } from './local-time.js';

describe('times for people', () => {
  it.each([
    ['2026-12-12T01:00:00Z', '2026-12-12T01:45:00Z', '2026-12-12 09:00 to 09:45'],
    ['2026-12-12T15:30:00Z', '2026-12-12T16:30:00Z', '2026-12-12 23:30 to 2026-12-13 00:30'],
  ])('are on the stop’s clock: %s to %s', (startsAt, endsAt, text) => {
    expect(localRange({ startsAt, endsAt }, 'Asia/Shanghai')).toBe(text);
    expect(text.startsWith(localTime(startsAt, 'Asia/Shanghai'))).toBe(true);
    expect(zonedRange({ startsAt, endsAt }, 'Asia/Shanghai')).toBe(`${text} (Asia/Shanghai)`);
  });

  it('name the clock that they are on', () => {
    expect(zonedTime('2026-12-12T01:00:00Z', 'Asia/Urumqi')).toBe('2026-12-12 07:00 (Asia/Urumqi)');
  });
});
