import { Injectable } from '@nestjs/common';
import {
  getSessionState,
  notFound,
  systemCaller,
  type Call,
  type EventEnvelope,
  type SessionState,
} from '#contracts';
import { Rpc } from '#messaging';
import { Database, Inbox, UnitOfWork, type PendingRecords, type Transaction } from '#persistence';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { fateOfSignUps } from './session-seats.js';
import { SessionProjectionRepository } from './session-projection.repository.js';
import { recordSignUps } from '../seating/remaining-sign-ups.repository.js';

/** Keeps this service's copy of the sessions: when and where they take place, and what that means for sign-ups. */
@Injectable()
export class SessionProjectionService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly inbox: Inbox,
    private readonly rpc: Rpc,
    private readonly stops: StopProjectionService,
    private readonly sessions: SessionProjectionRepository,
  ) {}

  async applyEvent(event: EventEnvelope<SessionState>): Promise<void> {
    await this.inbox.once(event, (manager, recorded) => this.apply(manager, recorded, event.data, event.id));
  }

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
      this.apply(manager, recorded, session, 'session-changed'),
    );
    return session;
  }

  private async apply(
    manager: Transaction,
    recorded: PendingRecords,
    state: SessionState,
    requestId: string,
  ): Promise<void> {
    const isEnd = fateOfSignUps[state.status] === 'freed';
    if (isEnd) await this.sessions.lockSignedUp(manager, state.sessionId);
    const isNewer = await this.sessions.upsert(manager, state);
    if (!isNewer || !isEnd) return;
    const { sessionId, organizationId, status } = state;
    const call: Call = { caller: systemCaller, requestId, deadlineMs: Infinity };
    const ended = await this.sessions.freeSignUps(manager, sessionId);
    for (const [registrationId, own] of Map.groupBy(ended, (one) => one.registrationId)) {
      recorded.audit(call, {
        resourceType: 'registration',
        resourceId: registrationId,
        action: 'registration.end_sign_up',
        organizationId,
        before: { sessionId, delegateIds: own.map(({ delegateId }) => delegateId) },
        after: { sessionStatus: status },
      });
    }
    await recordSignUps(manager, recorded, ended);
  }
}
