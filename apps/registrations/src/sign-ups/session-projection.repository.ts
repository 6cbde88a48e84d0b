import { Injectable } from '@nestjs/common';
import type { SessionState } from '#contracts';
import { plainArray, type Reader, type Transaction } from '#persistence';
import { RoomEntity } from '../stops/stop.entity.js';
import { SessionEntity } from './session.entity.js';

/** The rows of this service's copy of the sessions. */
@Injectable()
export class SessionProjectionRepository {
  find(manager: Reader, sessionId: string): Promise<SessionEntity | null> {
    return manager.findOneBy(SessionEntity, { sessionId });
  }

  /** The seats of the room in which a session takes place; null where it has none, or none that is known here. */
  async findSeats(
    manager: Reader,
    { stopId, roomId }: Pick<SessionEntity, 'stopId' | 'roomId'>,
  ): Promise<number | null> {
    if (roomId === null) return null;
    const room = await manager.findOneBy(RoomEntity, { stopId, roomId });
    return room?.seats ?? null;
  }

  /** Seats and sign-ups of those of the sessions that have a room. */
  listSeats(
    manager: Reader,
    sessionIds: readonly string[],
  ): Promise<{ sessionId: string; total: number; taken: number }[]> {
    return manager.query(
      `SELECT s.session_id AS "sessionId", r.seats AS total, s.taken
         FROM sessions s JOIN rooms r ON r.stop_id = s.stop_id AND r.room_id = s.room_id
        WHERE s.session_id = ANY($1::uuid[])`,
      [plainArray(sessionIds)],
    );
  }

  /** Only a newer state replaces the present one, so events may come twice and in any order. @returns whether it was newer */
  async upsert(manager: Transaction, state: SessionState): Promise<boolean> {
    const rows = (await manager.query(
      `INSERT INTO sessions (session_id, stop_id, organization_id, company_id, status, room_id, starts_at, ends_at, version, title)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (session_id) DO UPDATE
         SET status = excluded.status, room_id = excluded.room_id, starts_at = excluded.starts_at,
             ends_at = excluded.ends_at, version = excluded.version, title = coalesce(excluded.title, sessions.title)
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
        state.title === undefined ? null : JSON.stringify(state.title),
      ],
    )) as unknown[];
    return rows.length > 0;
  }

  /**
   * Locks the delegations that have signed up for a session. Every transaction locks registrations before sessions, so
   * this comes before the session is written.
   */
  async lockSignedUp(manager: Transaction, sessionId: string): Promise<void> {
    await manager.query(
      `SELECT id FROM registrations
        WHERE id IN (SELECT registration_id FROM sign_ups WHERE session_id = $1) ORDER BY id FOR NO KEY UPDATE`,
      [sessionId],
    );
  }

  /** Ends all sign-ups of a session whose row the transaction has locked, and keeps for a while whose they were. */
  async freeSignUps(
    manager: Transaction,
    sessionId: string,
  ): Promise<{ registrationId: string; delegateId: string }[]> {
    const [rows] = (await manager.query(
      `DELETE FROM sign_ups WHERE session_id = $1
       RETURNING registration_id AS "registrationId", delegate_id AS "delegateId"`,
      [sessionId],
    )) as [{ registrationId: string; delegateId: string }[], number];
    if (rows.length === 0) return rows;
    await manager.update(SessionEntity, { sessionId }, { taken: 0 });
    const endedAt = new Date();
    await manager.query(
      `INSERT INTO ended_sign_ups (session_id, delegate_id, registration_id, ended_at)
       SELECT $1, *, $2 FROM unnest($3::uuid[], $4::uuid[]) ON CONFLICT DO NOTHING`,
      [
        sessionId,
        endedAt,
        plainArray(rows.map(({ delegateId }) => delegateId)),
        plainArray(rows.map(({ registrationId }) => registrationId)),
      ],
    );
    return rows;
  }
}
