import type { Session } from '#contracts/sessions';
import { isSamePlace, movedTo, placeOf, type Place } from './place.js';

/** What an organizer did to the plan. It holds all that is needed to take it back. */
export type Move =
  | {
      readonly kind: 'place';
      readonly sessionId: string;
      readonly from: Place | null;
      readonly to: Place | null;
    }
  | {
      readonly kind: 'swap';
      readonly sessionId: string;
      readonly withId: string;
      readonly from: Place | null;
      /** Where the other one is. */
      readonly to: Place | null;
    };

/** A move that the service has not confirmed. It is sent with one key however often it is sent, so it has one effect. */
export interface PendingMove {
  readonly key: string;
  readonly entryId: string;
  readonly origin: 'do' | 'undo' | 'redo';
  readonly move: Move;
  /** The version of the session that was seen when the move was decided. */
  readonly version: number;
}

export interface Entry {
  readonly id: string;
  readonly move: Move;
}

/** The moves of one organizer: those on their way, in order, and those that can be taken back or done again. */
export interface Moves {
  readonly pending: readonly PendingMove[];
  readonly past: readonly Entry[];
  readonly future: readonly Entry[];
}

export const noMoves: Moves = { pending: [], past: [], future: [] };
const maxUndo = 50;

/** The plan with the moves on their way already made. */
export function planWith(sessions: readonly Session[], pending: readonly PendingMove[]): readonly Session[] {
  return pending.reduce((plan, { move }) => applied(plan, move), sessions);
}

/** The places that a move names, wherever its sessions are: a plan that has come in may contain the move already. */
function applied(sessions: readonly Session[], move: Move): readonly Session[] {
  return sessions.map((one) => {
    if (one.id === move.sessionId) return movedTo(one, move.to);
    return move.kind === 'swap' && one.id === move.withId ? movedTo(one, move.from) : one;
  });
}

export function inverse(move: Move): Move {
  return { ...move, from: move.to, to: move.from };
}

/** Whether the session is where the author of a move saw it. */
export function isAsSeen(move: Move, session: Session): boolean {
  return isSamePlace(move.from, placeOf(session));
}

export function made(moves: Moves, move: Move, version: number, key: string): Moves {
  return {
    pending: [...moves.pending, { key, entryId: key, origin: 'do', move, version }],
    past: [...moves.past, { id: key, move }].slice(-maxUndo),
    future: [],
  };
}

export function undone(moves: Moves, version: number, key: string): Moves {
  const entry = moves.past.at(-1);
  if (entry === undefined) return moves;
  const pending = { key, entryId: entry.id, origin: 'undo' as const, move: inverse(entry.move), version };
  return {
    pending: [...moves.pending, pending],
    past: moves.past.slice(0, -1),
    future: [...moves.future, entry],
  };
}

export function redone(moves: Moves, version: number, key: string): Moves {
  const entry = moves.future.at(-1);
  if (entry === undefined) return moves;
  const pending = { key, entryId: entry.id, origin: 'redo' as const, move: entry.move, version };
  return {
    pending: [...moves.pending, pending],
    past: [...moves.past, entry],
    future: moves.future.slice(0, -1),
  };
}

/** The service has made a move: later ones of the same sessions go on from the versions that it answered with. */
export function saved(moves: Moves, key: string, sessions: readonly Session[]): Moves {
  const versions = new Map(sessions.map(({ id, version }) => [id, version]));
  const pending = moves.pending
    .filter((one) => one.key !== key)
    .map((one) => ({ ...one, version: versions.get(one.move.sessionId) ?? one.version }));
  return { ...moves, pending };
}

/** The service has refused a move: the plan is as if it had not been made, and so is what can be taken back. */
export function refused(moves: Moves, key: string): Moves {
  const head = moves.pending.find((one) => one.key === key);
  if (head === undefined) return moves;
  const pending = moves.pending.filter((one) => one.key !== key);
  const isIts = ({ id }: Entry): boolean => id === head.entryId;
  const others = (entries: readonly Entry[]) => entries.filter((one) => !isIts(one));
  const { past, future } = moves;
  switch (head.origin) {
    case 'do':
      return { pending, past: others(past), future: others(future) };
    case 'undo':
      return { pending, past: [...past, ...future.filter(isIts)], future: others(future) };
    case 'redo':
      return { pending, past: others(past), future: [...future, ...past.filter(isIts)] };
  }
}

/** The author has seen the newer version and wants the move all the same; what is taken back later is the newer place. */
export function insisted(moves: Moves, key: string, session: Session): Moves {
  const head = moves.pending.find((one) => one.key === key);
  if (head === undefined) return moves;
  const renew = (move: Move): Move => ({ ...move, from: placeOf(session) });
  const renewEntry = (entry: Entry): Entry =>
    entry.id === head.entryId && head.origin !== 'undo' ? { ...entry, move: renew(entry.move) } : entry;
  return {
    pending: moves.pending.map((one) =>
      one.key === key ? { ...one, version: session.version, move: renew(one.move) } : one,
    ),
    past: moves.past.map(renewEntry),
    future: moves.future,
  };
}
