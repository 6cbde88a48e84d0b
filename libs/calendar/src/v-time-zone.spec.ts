import { describe, expect, it } from '@jest/globals';
import { IANAZone } from 'luxon';
import { vTimeZone } from './v-time-zone.js';

class CountedZone extends IANAZone {
  lookUps = 0;

  override offset(ms: number): number {
    this.lookUps += 1;
    return super.offset(ms);
  }
}

const at = (instant: string) => Date.parse(instant);
const linesOf = (zone: string, ...instants: string[]) =>
  vTimeZone(IANAZone.create(zone), instants.map(at)).split('\r\n');

describe('a VTIMEZONE', () => {
  it('has one observance where the offset never changes', () => {
    expect(linesOf('Asia/Shanghai', '2026-01-16T01:00:00Z', '2190-01-16T01:00:00Z')).toEqual([
      'BEGIN:VTIMEZONE',
      'TZID:Asia/Shanghai',
      'BEGIN:STANDARD',
      'DTSTART:20260109T080000',
      'TZOFFSETFROM:+0800',
      'TZOFFSETTO:+0800',
      'END:STANDARD',
      'END:VTIMEZONE',
    ]);
  });

  it('names the change that is near by the clock before it', () => {
    expect(linesOf('Europe/Berlin', '2026-03-28T12:00:00Z')).toEqual([
      'BEGIN:VTIMEZONE',
      'TZID:Europe/Berlin',
      'BEGIN:STANDARD',
      'DTSTART:20260321T010000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0100',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:20260329T020000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
    ]);
  });

  it('begins anew where a later instant has another offset', () => {
    const lines = linesOf('Europe/Berlin', '2026-01-15T12:00:00Z', '2026-07-15T12:00:00Z');
    expect(lines.filter((line) => line.startsWith('TZOFFSETTO'))).toEqual([
      'TZOFFSETTO:+0100',
      'TZOFFSETTO:+0200',
    ]);
  });

  it('costs as much for instants centuries apart as for two of one year', () => {
    const lookUps = (later: string) => {
      const zone = new CountedZone('Europe/Berlin');
      vTimeZone(zone, [at('2000-01-15T00:00:00Z'), at(later)]);
      return zone.lookUps;
    };
    expect(lookUps('9998-01-15T00:00:00Z')).toBeLessThanOrEqual(lookUps('2000-12-15T00:00:00Z') + 50);
    expect(lookUps('9998-01-15T00:00:00Z')).toBeLessThan(200);
  });

  it('looks at a day once, however many instants it has', () => {
    const zone = new CountedZone('Europe/Berlin');
    vTimeZone(
      zone,
      Array.from({ length: 10_000 }, (_, index) => at('2026-01-15T00:00:00Z') + index * 1_000),
    );
    expect(zone.lookUps).toBeLessThan(100);
  });
});
