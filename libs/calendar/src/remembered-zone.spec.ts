import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { IANAZone } from 'luxon';
import { RememberedZone } from './remembered-zone.js';

const hourMs = 3_600_000;

describe('a remembered zone', () => {
  it.each(['Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'Asia/Gaza', 'Pacific/Apia', 'UTC'])(
    'has the offsets of %s, whatever it was asked before',
    (name) => {
      const zone = new RememberedZone(name);
      const from = Date.UTC(2000, 0, 1);
      const minutes = fc.integer({ min: 0, max: (Date.UTC(2200, 0, 1) - from) / 60_000 - 1 });
      fc.assert(
        fc.property(minutes, (minute) => {
          const ms = from + minute * 60_000;
          expect(zone.offset(ms)).toBe(IANAZone.create(name).offset(ms));
        }),
      );
    },
  );

  // Gaza changed at a minute past midnight; Apia left out a whole day.
  it.each([
    ['Europe/Berlin', '2026-03-28', 3],
    ['America/St_Johns', '2010-11-06', 3],
    ['Australia/Lord_Howe', '2026-04-03', 3],
    ['Asia/Gaza', '2015-03-26', 4],
    ['Pacific/Apia', '2011-12-28', 5],
    ['Africa/Casablanca', '2026-02-13', 4],
  ])('changes its offset in %s around %s at the same minute', (name, date, days) => {
    const zone = new RememberedZone(name);
    const from = Date.parse(`${date}T00:00:00Z`);
    for (let ms = from; ms < from + days * 24 * hourMs; ms += 30_000)
      if (zone.offset(ms) !== IANAZone.create(name).offset(ms))
        throw new Error(`It differs at ${new Date(ms).toISOString()}.`);
  });
});
