import type { DataOf, Localized, Problem, signUpsChanged } from '#contracts';
import type { DelegationStatus } from '../seats/delegation.js';
import type { StopSnapshot } from '../seats/stop-seats.js';
import type { BusyTime, SessionSeats } from './session-seats.js';
import { bySession } from '../seating/sign-ups-by-session.js';
import type { SigningDelegate, SignUpState } from './sign-up.js';

/** A session whose row the transaction has locked. */
export interface LockedSession extends SessionSeats {
  readonly stopId: string;
  readonly organizationId: string;
  readonly stopStatus: StopSnapshot['status'] | null;
  /** Of the stop; null where it is unknown here. */
  readonly timeZone: string | null;
  readonly isRoomKnown: boolean;
  /** Null where it is unknown here. */
  readonly title: Localized | null;
}

/** A delegate whose registration the transaction has locked. */
export interface LockedDelegate {
  readonly id: string;
  readonly name: string;
  readonly registrationId: string;
  readonly stopId: string;
  readonly companyId: string;
  readonly status: DelegationStatus;
  /** Of the registration's sign-ups, as they were loaded. */
  readonly signUpsVersion: number;
}

export interface StoredSignUp {
  readonly sessionId: string;
  readonly delegateId: string;
  readonly registrationId: string;
  /** Null while the session is not scheduled: it then overlaps nothing. */
  readonly during: BusyTime | null;
}

/** A sign-up that the batch adds or removes. */
export interface ChangedSignUp {
  readonly sessionId: string;
  readonly delegateId: string;
  readonly registrationId: string;
}

/** What a batch has loaded; it follows the decisions, so that each command sees those before it. */
export class LoadedSignUps {
  private readonly addedByKey = new Map<string, ChangedSignUp>();
  private readonly removedByKey = new Map<string, ChangedSignUp>();
  private readonly sessions: Map<string, LockedSession>;
  private readonly delegates: ReadonlyMap<string, LockedDelegate>;
  private readonly signUps: Map<string, StoredSignUp[]>;
  private readonly takenBefore: ReadonlyMap<string, number>;

  constructor(
    sessions: readonly LockedSession[],
    delegates: readonly LockedDelegate[],
    signUps: readonly StoredSignUp[],
    readonly replays: readonly ({ answer: unknown } | Problem | undefined)[],
  ) {
    this.sessions = new Map(sessions.map((session) => [session.sessionId, session]));
    this.takenBefore = new Map(sessions.map(({ sessionId, taken }) => [sessionId, taken]));
    this.delegates = new Map(delegates.map((delegate) => [delegate.id, delegate]));
    this.signUps = Map.groupBy(signUps, ({ delegateId }) => delegateId);
  }

  /** The rows to delete, before the others are added: a delegate may have left and come again. */
  get removed(): ChangedSignUp[] {
    return [...this.removedByKey.values()];
  }

  get added(): ChangedSignUp[] {
    return [...this.addedByKey.values()];
  }

  session(id: string): LockedSession | undefined {
    return this.sessions.get(id);
  }

  delegate(id: string): LockedDelegate | undefined {
    return this.delegates.get(id);
  }

  isSignedUp(sessionId: string, delegateId: string): boolean {
    return this.ofDelegate(delegateId).some((one) => one.sessionId === sessionId);
  }

  /** What deciding about these delegates needs: those of them who exist at the session's stop. */
  stateFor(
    session: LockedSession,
    delegateIds: readonly string[],
    meetings: ReadonlyMap<string, readonly BusyTime[]>,
  ): SignUpState {
    const delegates = delegateIds.flatMap((id): SigningDelegate[] => {
      const delegate = this.delegates.get(id);
      if (delegate === undefined || delegate.stopId !== session.stopId) return [];
      const own = this.ofDelegate(id);
      const elsewhere = own.filter(({ sessionId }) => sessionId !== session.sessionId);
      const busy = [...elsewhere.flatMap(({ during }) => during ?? []), ...(meetings.get(id) ?? [])];
      const { name, companyId, status } = delegate;
      return [{ id, name, companyId, status, signedUp: own.length > elsewhere.length, busy }];
    });
    const { stopStatus, timeZone } = session;
    return { stop: { status: stopStatus ?? 'draft', timeZone: timeZone ?? 'UTC' }, session, delegates };
  }

  add(session: LockedSession, delegateIds: readonly string[]): void {
    const { sessionId, title } = session;
    const during = session.during && { ...session.during, title };
    for (const delegateId of delegateIds) {
      const added = { sessionId, delegateId, registrationId: this.registrationOf(delegateId) };
      this.addedByKey.set(`${sessionId} ${delegateId}`, added);
      this.signUps.set(delegateId, [...this.ofDelegate(delegateId), { ...added, during }]);
    }
    this.sessions.set(sessionId, { ...session, taken: session.taken + delegateIds.length });
  }

  remove(session: LockedSession, delegateId: string): void {
    const { sessionId } = session;
    const key = `${sessionId} ${delegateId}`;
    const removed = { sessionId, delegateId, registrationId: this.registrationOf(delegateId) };
    if (!this.addedByKey.delete(key)) this.removedByKey.set(key, removed);
    const rest = this.ofDelegate(delegateId).filter((one) => one.sessionId !== sessionId);
    this.signUps.set(delegateId, rest);
    this.sessions.set(sessionId, { ...session, taken: session.taken - 1 });
  }

  /** Sessions with more or fewer sign-ups than before, or with others. */
  changedSessions(): { sessionId: string; seats: number; more: number }[] {
    const touched = new Set([...this.added, ...this.removed].map(({ sessionId }) => sessionId));
    return [...touched].flatMap((sessionId) => {
      const session = this.sessions.get(sessionId);
      const before = this.takenBefore.get(sessionId);
      if (session === undefined || before === undefined) return [];
      return [{ sessionId, seats: session.seats, more: session.taken - before }];
    });
  }

  /** All sign-ups of the delegations that the batch has changed. */
  changedDelegations(): DataOf<typeof signUpsChanged>[] {
    const changed = new Set([...this.added, ...this.removed].map(({ registrationId }) => registrationId));
    if (changed.size === 0) return [];
    const own = Map.groupBy([...this.signUps.values()].flat(), ({ registrationId }) => registrationId);
    const states = new Map<string, DataOf<typeof signUpsChanged>>();
    for (const { registrationId, stopId, companyId, signUpsVersion } of this.delegates.values()) {
      if (!changed.has(registrationId) || states.has(registrationId)) continue;
      const signUps = bySession(own.get(registrationId) ?? []);
      states.set(registrationId, { registrationId, stopId, companyId, signUps, version: signUpsVersion + 1 });
    }
    return [...states.values()];
  }

  private registrationOf(delegateId: string): string {
    const delegate = this.delegates.get(delegateId);
    if (delegate === undefined) throw new Error('The sign-up of a delegate who is not loaded was changed.');
    return delegate.registrationId;
  }

  private ofDelegate(delegateId: string): StoredSignUp[] {
    return this.signUps.get(delegateId) ?? [];
  }
}
