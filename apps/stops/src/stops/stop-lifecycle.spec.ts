import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Problem, stopStatuses, type StopStatus } from '#contracts';
import {
  moveStop,
  maxMoves,
  nextRegistrationChange,
  publishStop,
  registrationState,
  rescheduleStop,
  windowCutTo,
  type StopMove,
} from './stop-lifecycle.js';

const now = new Date('2026-12-01T00:00:00Z');
const registration = { opensAt: '2026-11-01T00:00:00Z', closesAt: '2026-12-10T00:00:00Z' };
const times = { startsAt: '2026-12-12T01:00:00Z', endsAt: '2026-12-12T09:00:00Z' };
const stop = {
  status: 'published' as StopStatus,
  published: true,
  registration,
  moves: [] as { fromStartsAt: string; toStartsAt: string; reason: string | null }[],
  ...times,
};

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
  return 'done';
}

describe('moves of a stop', () => {
  const allowed: [StopStatus, StopMove, StopStatus][] = [
    ['draft', 'edit', 'draft'],
    ['published', 'edit', 'published'],
    ['draft', 'publish', 'published'],
    ['draft', 'cancel', 'cancelled'],
    ['published', 'reschedule', 'published'],
    ['published', 'complete', 'completed'],
    ['published', 'cancel', 'cancelled'],
  ];
  const all = (['edit', 'publish', 'reschedule', 'complete', 'cancel'] as const).flatMap((move) =>
    stopStatuses.map((status) => [status, move] as const),
  );

  it.each(all)('%s, %s', (status, move) => {
    const to = allowed.find(([from, by]) => from === status && by === move)?.[2];
    if (to === undefined) expect(codeOf(() => moveStop({ status }, move))).toBe('stop.invalid_transition');
    else expect(moveStop({ status }, move)).toBe(to);
  });

  it('refuses to publish what is over, from the instant of its end on', () => {
    const draft = { ...stop, status: 'draft' as StopStatus, published: false };
    expect(codeOf(() => publishStop(draft, new Date(times.endsAt)))).toBe('stop.in_past');
    expect(publishStop(draft, new Date(Date.parse(times.endsAt) - 1))).toEqual({
      ...draft,
      status: 'published',
      published: true,
    });
  });
});

describe('registration state', () => {
  it.each([
    ['draft', '2026-11-15T00:00:00Z', 'not_open', null],
    ['cancelled', '2026-11-15T00:00:00Z', 'closed', null],
    ['completed', '2026-11-15T00:00:00Z', 'closed', null],
    ['published', '2026-10-31T23:59:59.999Z', 'not_open', registration.opensAt],
    ['published', '2026-11-01T00:00:00Z', 'open', registration.closesAt],
    ['published', '2026-12-09T23:59:59.999Z', 'open', registration.closesAt],
    ['published', '2026-12-10T00:00:00Z', 'closed', null],
  ] as const)('of a %s stop at %s is %s', (status, at, state, next) => {
    expect(registrationState({ status, registration }, new Date(at))).toBe(state);
    expect(nextRegistrationChange({ status, registration }, new Date(at))).toBe(next);
  });

  it('stays what it is until the instant that is named as the next change', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...stopStatuses),
        fc.date({ min: new Date('2026-10-01'), max: new Date('2027-01-01'), noInvalidDate: true }),
        (status, at) => {
          const next = nextRegistrationChange({ status, registration }, at);
          const state = registrationState({ status, registration }, at);
          if (next === null)
            return registrationState({ status, registration }, new Date('2100-01-01')) === state;
          const change = Date.parse(next);
          return (
            registrationState({ status, registration }, new Date(change - 1)) === state &&
            registrationState({ status, registration }, new Date(change)) !== state
          );
        },
      ),
    );
  });
});

describe('reschedule', () => {
  it('keeps a window that closes before the new end', () => {
    const to = { startsAt: '2026-12-20T01:00:00Z', endsAt: '2026-12-20T09:00:00Z' };
    const moves = [{ fromStartsAt: times.startsAt, toStartsAt: to.startsAt, reason: 'rain' }];
    expect(rescheduleStop(stop, to, 'rain', now)).toEqual({ ...stop, ...to, moves });
  });

  it('cuts a window to the new end', () => {
    const to = { startsAt: '2026-12-05T01:00:00Z', endsAt: '2026-12-05T09:00:00Z' };
    expect(rescheduleStop(stop, to, null, now).registration).toEqual({
      ...registration,
      closesAt: to.endsAt,
    });
  });

  it('moves a window back that would only open when the stop is over', () => {
    const late = { opensAt: '2026-12-08T00:00:00Z', closesAt: '2026-12-10T00:00:00Z' };
    const to = { startsAt: '2026-12-05T01:00:00Z', endsAt: '2026-12-05T09:00:00Z' };
    expect(rescheduleStop({ ...stop, registration: late }, to, null, now).registration).toEqual({
      opensAt: '2026-12-03T09:00:00Z',
      closesAt: '2026-12-05T09:00:00Z',
    });
  });

  it.each([
    [
      'the end before the start',
      { startsAt: '2026-12-05T09:00:00Z', endsAt: '2026-12-05T01:00:00Z' },
      'request.invalid',
    ],
    ['no length', { startsAt: '2026-12-05T09:00:00Z', endsAt: '2026-12-05T09:00:00Z' }, 'request.invalid'],
    [
      'an end that has passed',
      { startsAt: '2026-11-30T01:00:00Z', endsAt: '2026-12-01T00:00:00Z' },
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

  it('to the times it has is no move', () => {
    const same = { startsAt: '2026-12-12T09:00:00+08:00', endsAt: times.endsAt };
    expect(rescheduleStop(stop, same, 'again', now)).toBe(stop);
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

  it('always leaves a window that opens before it closes and closes by the end', () => {
    const minute = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(minute, minute, minute, (opens, length, end) => {
        const at = (minutes: number): string =>
          new Date(Date.UTC(2026, 0, 1) + minutes * 60_000).toISOString();
        const cut = windowCutTo(at(end), { opensAt: at(opens), closesAt: at(opens + length) });
        return (
          Date.parse(cut.opensAt) < Date.parse(cut.closesAt) &&
          Date.parse(cut.closesAt) <= Date.parse(at(end))
        );
      }),
    );
  });
});
