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
import { Inbox, UnitOfWork, Database, type PendingRecords, type Transaction } from '#persistence';
import { StopRepository } from '../stops/stop.repository.js';
import { fateOfSignUps } from './session-seats.js';

/** The projection of sharing sessions: when and where they take place, and what that means for their sign-ups. */
@Injectable()
export class SessionRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly inbox: Inbox,
    private readonly rpc: Rpc,
    private readonly stops: StopRepository,
  ) {}

  async applyEvent(event: EventEnvelope<SessionState>): Promise<void> {
    await this.inbox.once(event, (manager, recorded) =>
      applySession(manager, recorded, event.data, event.id),
    );
  }

  async catchUp(sessionId: string, version: number): Promise<void> {
    const known = await this.find(sessionId);
    if ((known?.version ?? 0) < version) await this.fetch(sessionId);
  }

  /** Makes sure that the session, its stop and its room are known here. @throws Problem where there is no such session */
  async require(sessionId: string): Promise<void> {
    const known = (await this.find(sessionId)) ?? (await this.fetch(sessionId));
    await this.stops.require(known.stopId);
    const { stopId, roomId } = known;
    if (roomId !== null && !(await this.hasRoom(stopId, roomId))) await this.stops.fetch(stopId);
  }

  private async fetch(sessionId: string): Promise<SessionState> {
    const { session } = await this.rpc.ask(getSessionState, { id: sessionId });
    if (session === null) throw notFound('session');
    await this.unitOfWork.transaction((manager, recorded) =>
      applySession(manager, recorded, session, 'session-changed'),
    );
    return session;
  }

  private async find(
    sessionId: string,
  ): Promise<{ stopId: string; roomId: string | null; version: number } | undefined> {
    const rows = (await this.database.query(
      'SELECT stop_id AS "stopId", room_id AS "roomId", version FROM sessions WHERE session_id = $1',
      [sessionId],
    )) as { stopId: string; roomId: string | null; version: number }[];
    return rows[0];
  }

  private async hasRoom(stopId: string, roomId: string): Promise<boolean> {
    const rows = (await this.database.query('SELECT 1 FROM rooms WHERE stop_id = $1 AND room_id = $2', [
      stopId,
      roomId,
    ])) as unknown[];
    return rows.length > 0;
  }
}

/** Only a newer state replaces the present one, so events may come twice and in any order. */
async function applySession(
  manager: Transaction,
  recorded: PendingRecords,
  state: SessionState,
  requestId: string,
): Promise<void> {
  const rows = (await manager.query(
    `INSERT INTO sessions (session_id, stop_id, organization_id, company_id, status, room_id, starts_at, ends_at, version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (session_id) DO UPDATE
       SET status = excluded.status, room_id = excluded.room_id, starts_at = excluded.starts_at,
           ends_at = excluded.ends_at, version = excluded.version
       WHERE sessions.version < excluded.version
     RETURNING 1`,
    [
      state.sessionId,
      state.stopId,
      state.organizationId,
      state.companyId,
      state.status,
      state.roomId,
      state.startsAt,
      state.endsAt,
      state.version,
    ],
  )) as unknown[];
  if (rows.length > 0 && fateOfSignUps[state.status] === 'freed') {
    await freeSignUpsOfSession(manager, recorded, state, requestId);
  }
}

async function freeSignUpsOfSession(
  manager: Transaction,
  recorded: PendingRecords,
  { sessionId, organizationId, status }: SessionState,
  requestId: string,
): Promise<void> {
  const [rows] = (await manager.query(
    `DELETE FROM sign_ups WHERE session_id = $1
     RETURNING registration_id AS "registrationId", delegate_id AS "delegateId"`,
    [sessionId],
  )) as [{ registrationId: string; delegateId: string }[], number];
  const call: Call = { caller: systemCaller, requestId, deadlineMs: Infinity };
  for (const [registrationId, delegateIds] of byRegistration(rows)) {
    recorded.audit(call, {
      resourceType: 'registration',
      resourceId: registrationId,
      action: 'registration.end_sign_up',
      organizationId,
      before: { sessionId, delegateIds },
      after: { sessionStatus: status },
    });
  }
}

function byRegistration(rows: { registrationId: string; delegateId: string }[]): Map<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const { registrationId, delegateId } of rows) {
    grouped.set(registrationId, [...(grouped.get(registrationId) ?? []), delegateId]);
  }
  return grouped;
}
