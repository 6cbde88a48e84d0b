import { Problem, type SessionStatus } from '#contracts';
import { zonedTime } from '#calendar';

/** A company or organizer acts by request; the stop acts when it is cancelled or moves. */
export type SessionActor = 'company' | 'organizer' | 'stop';
export type SessionMove =
  | 'accept'
  | 'reject'
  | 'withdraw'
  | 'schedule'
  | 'swap'
  | 'unschedule'
  | 'cancel'
  | 'cancel-with-stop'
  | 'unschedule-by-stop';

type Transition = { by: SessionActor; from: readonly SessionStatus[]; to: SessionStatus };

export const transitions: Record<SessionMove, Transition> = {
  accept: { by: 'organizer', from: ['proposed'], to: 'accepted' },
  reject: { by: 'organizer', from: ['proposed'], to: 'rejected' },
  withdraw: { by: 'company', from: ['proposed', 'accepted', 'scheduled'], to: 'withdrawn' },
  schedule: { by: 'organizer', from: ['accepted', 'scheduled'], to: 'scheduled' },
  swap: { by: 'organizer', from: ['scheduled'], to: 'scheduled' },
  unschedule: { by: 'organizer', from: ['scheduled'], to: 'accepted' },
  cancel: { by: 'organizer', from: ['accepted', 'scheduled'], to: 'cancelled' },
  'cancel-with-stop': { by: 'stop', from: ['proposed', 'accepted', 'scheduled'], to: 'cancelled' },
  'unschedule-by-stop': { by: 'stop', from: ['scheduled'], to: 'accepted' },
};

/** The status in which a session begins: a company proposes, an organizer's own talk needs nobody's consent. */
export function firstStatus(author: 'company' | 'organizer'): SessionStatus {
  return author === 'company' ? 'proposed' : 'accepted';
}

const participles: Record<SessionMove, string> = {
  accept: 'accepted',
  reject: 'rejected',
  withdraw: 'withdrawn',
  schedule: 'scheduled',
  swap: 'swapped',
  unschedule: 'taken off the timetable',
  cancel: 'cancelled',
  'cancel-with-stop': 'cancelled',
  'unschedule-by-stop': 'taken off the timetable',
};

/** The status after a move. Throws `auth.forbidden` for the wrong actor, then `session.invalid_transition`. */
export function moveSession(status: SessionStatus, move: SessionMove, actor: SessionActor): SessionStatus {
  const transition = transitions[move];
  if (transition.by !== actor) {
    throw new Problem(
      'auth.forbidden',
      `Only ${transition.by === 'company' ? 'its company' : 'an organizer'} can ${move} a session.`,
    );
  }
  if (!transition.from.includes(status)) {
    throw new Problem(
      'session.invalid_transition',
      `This session is ${status}: it can't be ${participles[move]}.`,
    );
  }
  return transition.to;
}

/** Only a scheduled session has a room and a time; every other status has neither. */
export function keepsItsPlace(status: SessionStatus): boolean {
  return status === 'scheduled';
}

/** A session that has ended does not change any more, by the clock. Throws `session.closed`. */
export function refuseEnded(session: { endsAt: string | null }, timeZone: string, now: Date): void {
  if (session.endsAt === null || Date.parse(session.endsAt) > now.getTime()) return;
  throw new Problem('session.closed', `This session ended at ${zonedTime(session.endsAt, timeZone)}.`);
}

/** Its company edits a session while it is proposed or accepted. Throws `session.invalid_transition`. */
export function refuseLateEdit(session: { status: SessionStatus }, actor: 'company' | 'organizer'): void {
  if (actor === 'organizer' || session.status === 'proposed' || session.status === 'accepted') return;
  throw new Problem(
    'session.invalid_transition',
    `This session is ${session.status}: ask the organizer for changes.`,
  );
}
