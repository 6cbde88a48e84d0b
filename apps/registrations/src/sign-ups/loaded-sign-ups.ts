import type { Problem } from '#contracts';
import type { DelegationStatus } from '../seats/delegation.js';
import type { StopSnapshot } from '../seats/stop-seats.js';
import type { SessionSeats, Interval } from './session-seats.js';
import type { SigningDelegate, SignUpState } from './sign-up.js';

/** A session whose row the transaction has locked. */
export interface LockedSession extends SessionSeats {
  readonly stopId: string;
  readonly organizationId: string;
  readonly stopStatus: StopSnapshot['status'] | null;
  readonly isRoomKnown: boolean;
}

/** A delegate whose registration the transaction has locked. */
export interface LockedDelegate {
  readonly id: string;
  readonly registrationId: string;
  readonly stopId: string;
  readonly companyId: string;
  readonly status: DelegationStatus;
}

export interface StoredSignUp {
  readonly sessionId: string;
  readonly delegateId: string;
  /** Null while the session is not scheduled: it then overlaps nothing. */
  readonly during: Interval | null;
}

export interface RemovedSignUp {
  readonly sessionId: string;
  readonly delegateId: string;
}

export interface AddedSignUp extends RemovedSignUp {
  readonly registrationId: string;
}

/** What a batch has loaded; it follows the decisions, so that each command sees those before it. */
export class LoadedSignUps {
  private readonly addedByKey = new Map<string, AddedSignUp>();
  private readonly removedByKey = new Map<string, RemovedSignUp>();
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
  get removed(): RemovedSignUp[] {
    return [...this.removedByKey.values()];
  }

  get added(): AddedSignUp[] {
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
  stateFor(session: LockedSession, delegateIds: readonly string[]): SignUpState {
    const delegates = delegateIds.flatMap((id): SigningDelegate[] => {
      const delegate = this.delegates.get(id);
      if (delegate === undefined || delegate.stopId !== session.stopId) return [];
      const own = this.ofDelegate(id);
      const elsewhere = own.filter(({ sessionId }) => sessionId !== session.sessionId);
      const busy = elsewhere.flatMap(({ during }) => during ?? []);
      const { companyId, status } = delegate;
      return [{ id, companyId, status, signedUp: own.length > elsewhere.length, busy }];
    });
    return { stop: { status: session.stopStatus ?? 'draft' }, session, delegates };
  }

  add(session: LockedSession, delegateIds: readonly string[]): void {
    const { sessionId, during } = session;
    for (const delegateId of delegateIds) {
      const registrationId = this.delegates.get(delegateId)?.registrationId;
      if (registrationId === undefined) throw new Error('A delegate who is not loaded was signed up.');
      this.addedByKey.set(`${sessionId} ${delegateId}`, { sessionId, delegateId, registrationId });
      this.signUps.set(delegateId, [...this.ofDelegate(delegateId), { sessionId, delegateId, during }]);
    }
    this.sessions.set(sessionId, { ...session, taken: session.taken + delegateIds.length });
  }

  remove(session: LockedSession, delegateId: string): void {
    const { sessionId } = session;
    const key = `${sessionId} ${delegateId}`;
    if (!this.addedByKey.delete(key)) this.removedByKey.set(key, { sessionId, delegateId });
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

  private ofDelegate(delegateId: string): StoredSignUp[] {
    return this.signUps.get(delegateId) ?? [];
  }
}
