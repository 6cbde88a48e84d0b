import { describe, expect, it } from '@jest/globals';
import { Problem, stopStatuses, type StopStatus } from '#contracts';
import {
  cancelStop,
  completeStop,
  moveStop,
  publishStop,
  refuseDeleting,
  type StopMove,
} from './stop-lifecycle.js';

const now = new Date('2026-12-01T00:00:00Z');
const times = { startsAt: '2026-12-12T01:00:00Z', endsAt: '2026-12-12T09:00:00Z', timeZone: 'Asia/Shanghai' };
const stop = { status: 'published' as StopStatus, published: true, cancelReason: null, ...times };
const justBefore = (instant: string) => new Date(Date.parse(instant) - 1);

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
    ['draft', 'describe', 'draft'],
    ['published', 'describe', 'published'],
    ['completed', 'describe', 'completed'],
    ['cancelled', 'describe', 'cancelled'],
    ['draft', 'publish', 'published'],
    ['draft', 'cancel', 'cancelled'],
    ['published', 'reschedule', 'published'],
    ['published', 'complete', 'completed'],
    ['published', 'cancel', 'cancelled'],
  ];
  const verbs = ['edit', 'describe', 'publish', 'reschedule', 'complete', 'cancel'] as const;
  const all = verbs.flatMap((move) => stopStatuses.map((status) => [status, move] as const));

  it.each(all)('%s, %s', (status, move) => {
    const to = allowed.find(([from, by]) => from === status && by === move)?.[2];
    const ask = () => moveStop({ ...times, status }, move, now);
    if (to === undefined) expect(codeOf(ask)).toBe('stop.invalid_transition');
    else expect(ask()).toBe(to);
  });

  it.each([
    ['edit', 'stop.invalid_transition'],
    ['reschedule', 'stop.invalid_transition'],
    ['cancel', 'stop.invalid_transition'],
    ['describe', 'done'],
    ['complete', 'done'],
  ] as const)('by the clock, not by who completed it: %s from the end on is %s', (move, code) => {
    expect(codeOf(() => moveStop(stop, move, new Date(times.endsAt)))).toBe(code);
    expect(codeOf(() => moveStop(stop, move, justBefore(times.endsAt)))).toBe('done');
  });

  it('a draft whose times have passed is still edited', () => {
    const draft = { ...stop, status: 'draft' as const };
    expect(codeOf(() => moveStop(draft, 'edit', new Date('2027-01-01T00:00:00Z')))).toBe('done');
  });

  it('refuses to publish what is over, from the instant of its end on', () => {
    const draft = { ...stop, status: 'draft' as StopStatus, published: false };
    expect(codeOf(() => publishStop(draft, new Date(times.endsAt)))).toBe('stop.in_past');
    expect(publishStop(draft, justBefore(times.endsAt))).toEqual({
      ...draft,
      status: 'published',
      published: true,
    });
  });

  it('completes what has begun, and before only where the organizer says so', () => {
    expect(codeOf(() => completeStop(stop, false, justBefore(times.startsAt)))).toBe('stop.not_started');
    expect(() => completeStop(stop, false, now)).toThrow(/begins at 2026-12-12 09:00 \(Asia\/Shanghai\)\. /);
    expect(completeStop(stop, false, new Date(times.startsAt)).status).toBe('completed');
    expect(completeStop(stop, true, now).status).toBe('completed');
    expect(codeOf(() => completeStop({ ...stop, status: 'draft' }, true, now))).toBe(
      'stop.invalid_transition',
    );
  });

  it('keeps the reason of a cancellation', () => {
    expect(cancelStop(stop, '台风', now)).toEqual({ ...stop, status: 'cancelled', cancelReason: '台风' });
  });

  it.each([
    ['draft', 'done'],
    ['published', 'stop.not_draft'],
    ['completed', 'stop.not_draft'],
    ['cancelled', 'stop.not_draft'],
  ] as const)('deleting a %s stop: %s', (status, code) => {
    expect(codeOf(() => refuseDeleting({ status }))).toBe(code);
  });
});
