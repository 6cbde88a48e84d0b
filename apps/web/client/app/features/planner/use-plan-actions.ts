import { useState } from 'react';
import type { Session } from '#contracts/sessions';
import type { Stop } from '#contracts/stops';
import type { Obstacle } from './obstacles.js';
import { instantAt, isSamePlace, placeOf, type Place } from './place.js';
import { t } from './planner-words.js';
import type { Target } from './steps-by-key.js';
import type { TextOf } from './text-of.js';
import type { Plan } from './use-plan.js';

/** A place that was not free: why, and with whom the session could change places. */
export interface Denial {
  readonly session: Session;
  readonly why: readonly Obstacle[];
  readonly swapWith: Session | null;
}

export interface PlanActions {
  readonly canMove: (session: Session) => boolean;
  readonly whyNot: (session: Session) => string;
  /** @param why not, where the place is known to be taken */
  readonly place: (session: Session, target: Target, why: readonly Obstacle[]) => void;
  readonly unschedule: (session: Session) => void;
  readonly swap: (session: Session, other: Session) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly denial: Denial | null;
  readonly dismiss: () => void;
}

/** What organizers do to the plan, each announced to screen readers. */
export function usePlanActions(
  stop: Stop,
  plan: Plan,
  text: TextOf,
  say: (words: string) => void,
): PlanActions {
  const [denial, setDenial] = useState<Denial | null>(null);
  const isOpen = stop.status === 'draft' || stop.status === 'published';
  const hasEnded = ({ endsAt }: Session): boolean => endsAt !== null && Date.parse(endsAt) <= Date.now();
  const canMove = (session: Session): boolean => isOpen && !hasEnded(session);

  const put = (session: Session, to: Place | null): void => {
    setDenial(null);
    plan.make({ kind: 'place', sessionId: session.id, from: placeOf(session), to }, session);
  };
  const place = (session: Session, { roomId, startMs }: Target, why: readonly Obstacle[]): void => {
    const to = { roomId, startsAt: instantAt(startMs) };
    if (isSamePlace(placeOf(session), to)) return;
    if (why.length > 0) {
      setDenial({ session, why, swapWith: swapPartner(session, why, plan.sessions.filter(canMove)) });
      return;
    }
    put(session, to);
    say(t.placed(text.title(session), text.room(roomId), text.when(startMs, session.durationMinutes)));
  };
  const unschedule = (session: Session): void => {
    put(session, null);
    say(t.unplaced(text.title(session)));
  };
  const swap = (session: Session, other: Session): void => {
    setDenial(null);
    const places = { from: placeOf(session), to: placeOf(other) };
    plan.make({ kind: 'swap', sessionId: session.id, withId: other.id, ...places }, session);
    say(t.swapped(text.title(session), text.title(other)));
  };
  return {
    canMove,
    whyNot: () => (isOpen ? t.ended : t.readOnly[stop.status === 'cancelled' ? 'cancelled' : 'completed']),
    place,
    unschedule,
    swap,
    undo: plan.undo,
    redo: plan.redo,
    denial,
    dismiss: () => {
      setDenial(null);
      plan.store.dismiss();
    },
  };
}

/** Two can change places where nothing but the one is in the other's way. */
function swapPartner(
  session: Session,
  why: readonly Obstacle[],
  sessions: readonly Session[],
): Session | null {
  const [first, ...others] = new Set(why.map(({ sessionId }) => sessionId));
  if (placeOf(session) === null || first === null || others.length > 0) return null;
  return sessions.find(({ id }) => id === first) ?? null;
}
