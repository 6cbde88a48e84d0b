import { describe, expect, it } from '@jest/globals';
import { Problem } from '#contracts';
import { refuseFaults, refuseMovingByPatch, stopFaults } from './stop-faults.js';

const good = {
  city: { code: '510100' },
  startsAt: '2026-12-12T01:00:00Z',
  endsAt: '2026-12-12T09:00:00Z',
  registration: {
    opensAt: '2026-11-01T00:00:00Z',
    closesAt: '2026-12-12T09:00:00Z',
    changesUntil: null as string | null,
  },
  rooms: [{ id: 'a' }, {}, {}, { id: 'b' }],
};

describe('faults of a stop', () => {
  it.each([
    ['a good stop', {}, []],
    ['an unknown city', { city: { code: '999999' } }, ['/city/code']],
    ['an end at the start', { startsAt: good.endsAt }, ['/endsAt']],
    [
      'a window of no length',
      { registration: { ...good.registration, opensAt: good.endsAt } },
      ['/registration/closesAt'],
    ],
    [
      'a window past the end',
      { registration: { ...good.registration, closesAt: '2026-12-12T09:00:00.001Z' } },
      ['/registration/closesAt'],
    ],
    [
      'changes until before registration closes',
      { registration: { ...good.registration, changesUntil: '2026-12-12T08:59:00Z' } },
      ['/registration/changesUntil'],
    ],
    [
      'changes until after the end',
      { registration: { ...good.registration, changesUntil: '2026-12-12T09:01:00Z' } },
      ['/registration/changesUntil'],
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
