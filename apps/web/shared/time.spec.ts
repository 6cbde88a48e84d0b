import { describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import { dateOf, dateRange, dayOf, momentOf, shortDateOf, timeOf, timeRange, zoneLabel } from './time.js';

const shanghai = 'Asia/Shanghai';
const at = '2027-01-16T01:05:00Z';

describe('times as people read them', () => {
  it('stand on the clock of the zone, with 24 hours', () => {
    expect(timeOf(at, shanghai)).toBe('09:05');
    expect(timeOf('2027-01-15T16:00:00Z', shanghai)).toBe('00:00');
    expect(timeRange(at, '2027-01-16T10:00:00Z', shanghai)).toBe('09:05–18:00');
  });

  it('name the day with its weekday in both languages', () => {
    expect(dateOf(at, shanghai, 'zh')).toBe('2027年1月16日 周六');
    expect(dateOf(at, shanghai, 'en')).toBe('Sat, 16 Jan 2027');
    expect(shortDateOf(at, shanghai, 'zh')).toBe('1月16日 周六');
    expect(shortDateOf(at, shanghai, 'en')).toBe('Sat, 16 Jan');
    expect(momentOf(at, shanghai, 'en')).toBe('Sat, 16 Jan 2027 09:05');
  });

  it('name one day once, and not the day that begins when a stop ends', () => {
    expect(dateRange(at, '2027-01-16T16:00:00Z', shanghai, 'zh')).toBe('2027年1月16日 周六');
    expect(dateRange(at, '2027-01-17T09:00:00Z', shanghai, 'zh')).toBe('2027年1月16日 周六 至 1月17日 周日');
    expect(dateRange(at, '2027-01-17T09:00:00Z', shanghai, 'en')).toBe('Sat, 16 Jan – Sun, 17 Jan 2027');
    expect(dateRange('2026-12-31T01:00:00Z', at, shanghai, 'en')).toBe('Thu, 31 Dec 2026 – Sat, 16 Jan 2027');
  });

  it('name the zone with its offset at that time', () => {
    expect(zoneLabel(at, shanghai)).toBe('Asia/Shanghai, UTC+8');
    expect(zoneLabel('2027-07-01T00:00:00Z', 'Europe/Berlin')).toBe('Europe/Berlin, UTC+2');
    expect(zoneLabel(at, 'UTC')).toBe('UTC');
  });

  it('agree with Luxon around a change of the clock', () => {
    for (const zone of ['Europe/Berlin', 'America/St_Johns', shanghai]) {
      for (let hour = 0; hour < 72; hour += 1) {
        const instant = new Date(Date.UTC(2027, 2, 27, hour, 30)).toISOString();
        const there = DateTime.fromISO(instant, { zone });
        expect([dayOf(instant, zone), timeOf(instant, zone)]).toEqual([
          there.toISODate(),
          there.toFormat('HH:mm'),
        ]);
      }
    }
  });
});
