import { Problem, type SessionStatus } from '#contracts';

/** Who acts: a company or organizer by request, or the stop, whose cancelling and moving its sessions follow. */
export type SessionActor = 'company' | 'organizer' | 'stop';
export type SessionMove =
  | 'accept'
  | 'reject'
  | 'withdraw'
  | 'schedule'
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
  unschedule: { by: 'organizer', from: ['scheduled'], to: 'accepted' },
  cancel: { by: 'organizer', from: ['accepted', 'scheduled'], to: 'cancelled' },
  'cancel-with-stop': { by: 'stop', from: ['proposed', 'accepted', 'scheduled'], to: 'cancelled' },
  'unschedule-by-stop': { by: 'stop', from: ['scheduled'], to: 'accepted' },
};

/** The status in which a session begins: a company proposes, an organizer's own talk needs nobody's consent. */
export function firstStatus(author: 'company' | 'organizer'): SessionStatus {
  return author === 'company' ? 'proposed' : 'accepted';
}

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
      `This session is ${status}: it can't ${move} from there.`,
    );
  }
  return transition.to;
}

/** Only a scheduled session has a room and a time; every other status has neither. */
export function keepsItsPlace(status: SessionStatus): boolean {
  return status === 'scheduled';
}

/**
 * Who may still edit: its company while it is proposed or accepted (`session.invalid_transition`), an organizer until
 * it has ended (`session.closed`).
 */
export function refuseLateEdit(
  session: { status: SessionStatus; endsAt: string | null },
  actor: 'company' | 'organizer',
  now: Date,
): void {
  if (actor === 'company' && session.status !== 'proposed' && session.status !== 'accepted') {
    throw new Problem(
      'session.invalid_transition',
      `This session is ${session.status}: ask the organizer for changes.`,
    );
  }
  if (session.endsAt !== null && Date.parse(session.endsAt) <= now.getTime()) {
    throw new Problem('session.closed', `This session ended at ${session.endsAt}.`);
  }
}
