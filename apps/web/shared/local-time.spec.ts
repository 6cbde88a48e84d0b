import { describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import { instantOf, localOf } from './local-time.js';

describe('the clock of a zone', () => {
  it('shows what Luxon shows, and leads back to the same instant', () => {
    for (const zone of ['Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'UTC']) {
      for (let hour = 0; hour < 24 * 366; hour += 37) {
        const instant = new Date(Date.UTC(2027, 0, 1, hour)).toISOString().replace('.000Z', 'Z');
        const local = DateTime.fromISO(instant, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");
        expect(localOf(instant, zone)).toBe(local);
        expect(localOf(instantOf(local, zone) ?? '', zone)).toBe(local);
      }
    }
  });

  it('knows no instant for what is no date', () => {
    expect(instantOf('', 'Asia/Shanghai')).toBeNull();
    expect(instantOf('2027-13-01T00:00', 'Asia/Shanghai')).toBeNull();
  });

  it('reads 09:00 in Shanghai as 01:00 UTC', () => {
    expect(instantOf('2027-01-16T09:00', 'Asia/Shanghai')).toBe('2027-01-16T01:00:00Z');
  });
});
