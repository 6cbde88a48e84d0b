import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Problem } from '#contracts';
import { refuseFaults, refuseMovingByPatch, stopFaults, stopsOverlap } from './stop-faults.js';

const good = {
  city: { code: '510100' },
  startsAt: '2026-12-12T01:00:00Z',
  endsAt: '2026-12-12T09:00:00Z',
  registration: { opensAt: '2026-11-01T00:00:00Z', closesAt: '2026-12-12T09:00:00Z' },
  rooms: [{ id: 'a' }, {}, {}, { id: 'b' }],
};

describe('faults of a stop', () => {
  it.each([
    ['a good stop', {}, []],
    ['an unknown city', { city: { code: '999999' } }, ['/city/code']],
    ['an end at the start', { startsAt: good.endsAt }, ['/endsAt']],
    [
      'a window of no length',
      { registration: { opensAt: good.endsAt, closesAt: good.endsAt } },
      ['/registration/closesAt'],
    ],
    [
      'a window past the end',
      { registration: { ...good.registration, closesAt: '2026-12-12T09:00:00.001Z' } },
      ['/registration/closesAt'],
    ],
    ['the end in another offset', { endsAt: '2026-12-12T17:00:00+08:00' }, []],
    ['a room twice', { rooms: [{ id: 'a' }, {}, { id: 'a' }, { id: 'a' }] }, ['/rooms/2/id', '/rooms/3/id']],
  ])('%s', (_what, change, pointers) => {
    const faults = stopFaults({ ...good, ...change });
    expect(faults.map((fault) => ('pointer' in fault ? fault.pointer : ''))).toEqual(pointers);
  });

  it('are all named at once', () => {
    const faults = stopFaults({ ...good, city: { code: '1' }, endsAt: good.startsAt });
    expect(faults).toHaveLength(3);
    expect(() => refuseFaults(faults)).toThrow(Problem);
    expect(() => refuseFaults([])).not.toThrow();
  });
});

describe('times in a patch', () => {
  const published = { ...good, status: 'published' as const };

  it.each([
    ['the start moved', { startsAt: '2026-12-12T02:00:00Z' }],
    ['the end moved', { endsAt: '2026-12-12T10:00:00Z' }],
  ])('are refused once published: %s', (_what, patch) => {
    expect(() => refuseMovingByPatch(published, patch)).toThrow('stop.use_reschedule');
    expect(() => refuseMovingByPatch({ ...published, status: 'draft' }, patch)).not.toThrow();
  });

  it('may name the instants that stand, in any offset', () => {
    expect(() => refuseMovingByPatch(published, { startsAt: '2026-12-12T09:00:00+08:00' })).not.toThrow();
    expect(() => refuseMovingByPatch(published, {})).not.toThrow();
  });
});

describe('overlap of stops', () => {
  it('is symmetric and means that some minute belongs to both', () => {
    const minute = fc.nat(20);
    const at = (minutes: number): string => new Date(minutes * 60_000).toISOString();
    const range = fc.tuple(minute, fc.integer({ min: 1, max: 8 }));
    fc.assert(
      fc.property(range, range, ([a, aLength], [b, bLength]) => {
        const shared = Array.from({ length: 40 }, (_, m) => m).some(
          (m) => m >= a && m < a + aLength && m >= b && m < b + bLength,
        );
        const [x, y] = [
          { startsAt: at(a), endsAt: at(a + aLength) },
          { startsAt: at(b), endsAt: at(b + bLength) },
        ];
        expect([stopsOverlap(x, y), stopsOverlap(y, x)]).toEqual([shared, shared]);
      }),
    );
  });
});
