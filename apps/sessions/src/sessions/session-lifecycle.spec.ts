import { describe, expect, it } from '@jest/globals';
import { Problem, sessionStatuses, type SessionStatus } from '#contracts';
import {
  firstStatus,
  keepsItsPlace,
  moveSession,
  refuseEnded,
  refuseLateEdit,
  transitions,
} from './session-lifecycle.js';
import type { SessionActor, SessionMove } from './session-lifecycle.js';

function outcome(act: () => string | void): string {
  try {
    return act() ?? 'done';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

const allowed: [SessionMove, SessionActor, SessionStatus, SessionStatus][] = [
  ['accept', 'organizer', 'proposed', 'accepted'],
  ['reject', 'organizer', 'proposed', 'rejected'],
  ['withdraw', 'company', 'proposed', 'withdrawn'],
  ['withdraw', 'company', 'accepted', 'withdrawn'],
  ['withdraw', 'company', 'scheduled', 'withdrawn'],
  ['schedule', 'organizer', 'accepted', 'scheduled'],
  ['schedule', 'organizer', 'scheduled', 'scheduled'],
  ['swap', 'organizer', 'scheduled', 'scheduled'],
  ['unschedule', 'organizer', 'scheduled', 'accepted'],
  ['cancel', 'organizer', 'accepted', 'cancelled'],
  ['cancel', 'organizer', 'scheduled', 'cancelled'],
  ['cancel-with-stop', 'stop', 'proposed', 'cancelled'],
  ['cancel-with-stop', 'stop', 'accepted', 'cancelled'],
  ['cancel-with-stop', 'stop', 'scheduled', 'cancelled'],
  ['unschedule-by-stop', 'stop', 'scheduled', 'accepted'],
];
const actors: SessionActor[] = ['company', 'organizer', 'stop'];
const moves = Object.keys(transitions) as SessionMove[];

describe('moves of a session', () => {
  it('begin with a proposal of a company or an accepted talk of the organizer', () => {
    expect([firstStatus('company'), firstStatus('organizer')]).toEqual(['proposed', 'accepted']);
  });

  it.each(moves)(
    '%s: exactly what the page on the API allows, from every status and by everybody',
    (move) => {
      for (const actor of actors) {
        for (const status of sessionStatuses) {
          const right = allowed.some(([of, by]) => of === move && by === actor);
          const to = allowed.find(([of, by, from]) => of === move && by === actor && from === status)?.[3];
          const expected = right ? (to ?? 'session.invalid_transition') : 'auth.forbidden';
          expect([actor, status, outcome(() => moveSession(status, move, actor))]).toEqual([
            actor,
            status,
            expected,
          ]);
        }
      }
    },
  );

  it('leave a place only to a scheduled session', () => {
    expect(sessionStatuses.filter(keepsItsPlace)).toEqual(['scheduled']);
  });
});

describe('edits', () => {
  const now = new Date('2026-12-12T02:00:00Z');
  const zone = 'Asia/Shanghai';

  it.each([
    ['company', 'proposed', null, 'done'],
    ['company', 'accepted', null, 'done'],
    ['company', 'scheduled', '2026-12-12T03:00:00Z', 'session.invalid_transition'],
    ['company', 'scheduled', '2026-12-12T01:00:00Z', 'session.closed'],
    ['company', 'rejected', null, 'session.invalid_transition'],
    ['organizer', 'proposed', null, 'done'],
    ['organizer', 'scheduled', '2026-12-12T02:00:00.001Z', 'done'],
    ['organizer', 'scheduled', '2026-12-12T02:00:00Z', 'session.closed'],
  ] as const)('of a %s, a session that is %s and ends at %s: %s', (actor, status, endsAt, expected) => {
    const edit = (): void => {
      refuseEnded({ endsAt }, zone, now);
      refuseLateEdit({ status }, actor);
    };
    expect(outcome(edit)).toBe(expected);
  });

  it('of an ended session are refused with its end on the stop’s clock', () => {
    expect(() => refuseEnded({ endsAt: '2026-12-12T01:00:00Z' }, zone, now)).toThrow(
      'This session ended at 2026-12-12 09:00 (Asia/Shanghai).',
    );
  });
});
