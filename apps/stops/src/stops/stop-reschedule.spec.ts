import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Problem, type StopStatus } from '#contracts';
import { maxMoves, rescheduleStop } from './stop-reschedule.js';

const now = new Date('2026-12-01T00:00:00Z');
const registration = {
  opensAt: '2026-11-01T00:00:00Z',
  closesAt: '2026-12-10T00:00:00Z',
  changesUntil: null as string | null,
};
const times = { startsAt: '2026-12-12T01:00:00Z', endsAt: '2026-12-12T09:00:00Z' };
const stop = {
  status: 'published' as StopStatus,
  timeZone: 'Asia/Shanghai',
  registration,
  moves: [] as { fromStartsAt: string; toStartsAt: string; reason: string | null }[],
  ...times,
};

function refusal(act: () => unknown): { code: string; pointers: unknown[] } {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { code: error.code, pointers: (error.extra.errors ?? []).map((one) => Object.values(one)[0]) };
  }
  return { code: 'done', pointers: [] };
}

const codeOf = (act: () => unknown) => refusal(act).code;

describe('reschedule', () => {
  it('tells where from and why, and takes the window along', () => {
    const to = { startsAt: '2026-12-20T01:00:00Z', endsAt: '2026-12-20T09:00:00Z' };
    const moves = [{ fromStartsAt: times.startsAt, toStartsAt: to.startsAt, reason: 'rain' }];
    expect(rescheduleStop(stop, to, 'rain', now)).toEqual({
      ...stop,
      ...to,
      registration: { ...registration, closesAt: '2026-12-18T00:00:00Z' },
      moves,
    });
  });

  it('refuses a window that would close before it opens, and takes one that is named instead', () => {
    const late = { ...registration, opensAt: '2026-12-08T00:00:00Z' };
    const to = { startsAt: '2026-12-05T01:00:00Z', endsAt: '2026-12-05T09:00:00Z' };
    expect(refusal(() => rescheduleStop({ ...stop, registration: late }, to, null, now))).toEqual({
      code: 'request.invalid',
      pointers: ['/registration/closesAt'],
    });
    const named = { opensAt: '2026-12-01T00:00:00Z', closesAt: '2026-12-04T00:00:00Z' };
    const moved = rescheduleStop({ ...stop, registration: late }, { ...to, registration: named }, null, now);
    expect(moved.registration).toEqual({ ...named, changesUntil: null });
  });

  it.each([
    [
      'the end before the start',
      { startsAt: '2026-12-05T09:00:00Z', endsAt: '2026-12-05T01:00:00Z' },
      'request.invalid',
    ],
    ['no length', { startsAt: '2026-12-05T09:00:00Z', endsAt: '2026-12-05T09:00:00Z' }, 'request.invalid'],
    [
      'changes that end before registration does',
      { ...times, registration: { closesAt: '2026-12-12T00:00:00Z', changesUntil: '2026-12-11T00:00:00Z' } },
      'request.invalid',
    ],
    [
      'an end that has passed',
      {
        startsAt: '2026-11-30T01:00:00Z',
        endsAt: '2026-12-01T00:00:00Z',
        registration: { closesAt: '2026-11-29T00:00:00Z' },
      },
      'stop.in_past',
    ],
  ])('refuses %s', (_what, to, code) => {
    expect(codeOf(() => rescheduleStop(stop, to, null, now))).toBe(code);
  });

  it.each(['draft', 'completed', 'cancelled'] as const)('refuses a %s stop', (status) => {
    expect(codeOf(() => rescheduleStop({ ...stop, status }, times, null, now))).toBe(
      'stop.invalid_transition',
    );
  });

  it('refuses a stop that is over by the clock', () => {
    const to = { startsAt: '2026-12-20T01:00:00Z', endsAt: '2026-12-20T09:00:00Z' };
    expect(codeOf(() => rescheduleStop(stop, to, null, new Date(times.endsAt)))).toBe(
      'stop.invalid_transition',
    );
  });

  it('to the times it has is no move, and of the window only what is named', () => {
    const same = { startsAt: '2026-12-12T09:00:00+08:00', endsAt: times.endsAt };
    expect(rescheduleStop(stop, same, 'again', now)).toBe(stop);
    const closesAt = '2026-12-11T00:00:00Z';
    expect(rescheduleStop(stop, { ...same, registration: { closesAt } }, 'again', now)).toEqual({
      ...stop,
      registration: { ...registration, closesAt },
    });
  });

  it('counts every move up to a limit and keeps the reasons of the last twenty', () => {
    let moved = stop;
    for (let day = 0; day < maxMoves; day += 1) {
      const at = (hour: number): string => new Date(Date.UTC(2027, 0, 1 + day, hour)).toISOString();
      moved = rescheduleStop(moved, { startsAt: at(1), endsAt: at(9) }, `reason ${day}`, now);
    }
    expect(moved.moves).toHaveLength(maxMoves);
    expect(moved.moves.flatMap((move) => move.reason ?? [])).toEqual(
      Array.from({ length: 20 }, (_, index) => `reason ${maxMoves - 20 + index}`),
    );
    expect(codeOf(() => rescheduleStop(moved, times, null, now))).toBe('stop.invalid_transition');
  });

  it('leaves a window that opens when it did and closes by the end, or is refused', () => {
    const minute = fc.integer({ min: 1, max: 100_000 });
    const at = (minutes: number): string => new Date(Date.UTC(2027, 0, 1) + minutes * 60_000).toISOString();
    const length = fc.integer({ min: 1, max: 31 * 24 * 60 });
    fc.assert(
      fc.property(minute, minute, minute, length, (opens, open, start, lasts) => {
        const window = { opensAt: at(opens), closesAt: at(opens + open), changesUntil: at(opens + open + 1) };
        const before = { ...stop, startsAt: at(opens + open + 2), endsAt: at(opens + open + 3) };
        const to = { startsAt: at(start), endsAt: at(start + lasts) };
        const act = () => rescheduleStop({ ...before, registration: window }, to, null, now);
        if (codeOf(act) !== 'done') return codeOf(act) === 'request.invalid';
        const { opensAt, closesAt, changesUntil } = act().registration;
        return (
          Date.parse(opensAt) === Date.parse(window.opensAt) &&
          Date.parse(opensAt) < Date.parse(closesAt) &&
          Date.parse(closesAt) <= Date.parse(changesUntil ?? '') &&
          Date.parse(changesUntil ?? '') <= Date.parse(to.endsAt)
        );
      }),
    );
  });
});
