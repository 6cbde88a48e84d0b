import { Injectable } from '@nestjs/common';
import {
  getSessionState,
  notFound,
  systemCaller,
  type Call,
  type EventOf,
  type sessionChanged,
  type SessionState,
} from '#contracts';
import { Rpc } from '#messaging';
import {
  Database,
  UnitOfWork,
  batching,
  newestEvents,
  type PendingRecords,
  type Transaction,
} from '#persistence';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { fateOfSignUps } from './session-seats.js';
import { SessionProjectionRepository, type FreedSignUp } from './session-projection.repository.js';
import { recordSignUps } from '../seating/remaining-sign-ups.repository.js';

/** A session's state, and what its audit lines name as their request. */
interface AppliedState {
  readonly state: SessionState;
  readonly requestId: string;
}

/** Keeps this service's copy of the sessions: when and where they take place, and what that means for sign-ups. */
@Injectable()
export class SessionProjectionService {
  /**
   * Applies events together with others that arrive at the same time. No inbox: only a newer version replaces a row, and
   * a session that ended has no sign-ups to free a second time.
   */
  readonly applyEvents = batching((events: readonly EventOf<typeof sessionChanged>[]) =>
    this.unitOfWork.transaction((manager, recorded) => {
      const newest = newestEvents(events).map(({ data, id }) => ({ state: data, requestId: id }));
      return this.apply(manager, recorded, newest);
    }),
  );

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly rpc: Rpc,
    private readonly stops: StopProjectionService,
    private readonly sessions: SessionProjectionRepository,
  ) {}

  async catchUp(sessionId: string, version: number): Promise<void> {
    const known = await this.sessions.find(this.database, sessionId);
    if ((known?.version ?? 0) < version) await this.fetch(sessionId);
  }

  /** Makes sure that the session, its stop and its room are known here. @throws Problem where there is no such session */
  async require(sessionId: string): Promise<void> {
    const known = (await this.sessions.find(this.database, sessionId)) ?? (await this.fetch(sessionId));
    await this.stops.require(known.stopId);
    const { roomId } = known;
    if (roomId === null || (await this.sessions.findSeats(this.database, { ...known, roomId })) !== null)
      return;
    await this.stops.fetch(known.stopId);
  }

  private async fetch(sessionId: string): Promise<SessionState> {
    const { session } = await this.rpc.ask(getSessionState, { id: sessionId });
    if (session === null) throw notFound('session');
    await this.unitOfWork.transaction((manager, recorded) =>
      this.apply(manager, recorded, [{ state: session, requestId: 'session-changed' }]),
    );
    return session;
  }

  /** @param applied no two states of one session */
  private async apply(
    manager: Transaction,
    recorded: PendingRecords,
    applied: readonly AppliedState[],
  ): Promise<void> {
    const ends = applied.filter(({ state }) => fateOfSignUps[state.status] === 'freed');
    const endIds = ends.map(({ state }) => state.sessionId);
    if (endIds.length > 0) await this.sessions.lockSignedUp(manager, endIds);
    const newer = await this.sessions.upsert(
      manager,
      applied.map(({ state }) => state),
    );
    const ended = ends.filter(({ state }) => newer.has(state.sessionId));
    if (ended.length > 0) await this.freeSignUps(manager, recorded, ended);
  }

  private async freeSignUps(
    manager: Transaction,
    recorded: PendingRecords,
    ended: readonly AppliedState[],
  ): Promise<void> {
    const freed = await this.sessions.freeSignUps(
      manager,
      ended.map(({ state }) => state.sessionId),
    );
    for (const one of ended) auditFreed(recorded, one, freed);
    await recordSignUps(manager, recorded, freed);
  }
}

/** One line for each delegation that had sign-ups for the session. */
function auditFreed(
  recorded: PendingRecords,
  { state, requestId }: AppliedState,
  freed: readonly FreedSignUp[],
): void {
  const { sessionId, organizationId, status } = state;
  const call: Call = { caller: systemCaller, requestId, deadlineMs: Infinity };
  const own = freed.filter((one) => one.sessionId === sessionId);
  for (const [registrationId, some] of Map.groupBy(own, (one) => one.registrationId)) {
    recorded.audit(call, {
      resourceType: 'registration',
      resourceId: registrationId,
      action: 'registration.end_sign_up',
      organizationId,
      before: { sessionId, delegateIds: some.map(({ delegateId }) => delegateId) },
      after: { sessionStatus: status },
    });
  }
}
