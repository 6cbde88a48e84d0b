import { Injectable } from '@nestjs/common';
import type { SessionState } from '#contracts';
import { jsonArray, plainArray, textArray, type Reader, type Transaction } from '#persistence';
import { RoomEntity } from '../stops/stop.entity.js';
import { SessionEntity } from './session.entity.js';

export interface FreedSignUp {
  readonly sessionId: string;
  readonly registrationId: string;
  readonly delegateId: string;
}

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

  /**
   * Only a newer state replaces the present one, so events may come twice and in any order. In the order of the sessions,
   * so that two transactions never wait for each other.
   * @param states no two of one session
   * @returns the sessions of which the state was newer
   */
  async upsert(manager: Transaction, states: readonly SessionState[]): Promise<Set<string>> {
    const rows = states.toSorted((a, b) => (a.sessionId < b.sessionId ? -1 : 1));
    const newer = (await manager.query(
      `INSERT INTO sessions (session_id, stop_id, organization_id, company_id, status, room_id, starts_at, ends_at, version, title)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::uuid[],
                            $7::timestamptz[], $8::timestamptz[], $9::integer[], $10::jsonb[])
       ON CONFLICT (session_id) DO UPDATE
         SET status = excluded.status, room_id = excluded.room_id, starts_at = excluded.starts_at,
             ends_at = excluded.ends_at, version = excluded.version, title = coalesce(excluded.title, sessions.title)
         WHERE sessions.version < excluded.version
       RETURNING session_id AS id`,
      [
        plainArray(rows.map(({ sessionId }) => sessionId)),
        plainArray(rows.map(({ stopId }) => stopId)),
        plainArray(rows.map(({ organizationId }) => organizationId)),
        plainArray(rows.map(({ companyId }) => companyId)),
        plainArray(rows.map(({ status }) => status)),
        plainArray(rows.map(({ roomId }) => roomId)),
        textArray(rows.map(({ startsAt }) => startsAt)),
        textArray(rows.map(({ endsAt }) => endsAt)),
        plainArray(rows.map(({ version }) => version)),
        jsonArray(rows.map(({ title }) => (title === undefined ? null : JSON.stringify(title)))),
      ],
    )) as { id: string }[];
    return new Set(newer.map(({ id }) => id));
  }

  /**
   * Locks the delegations that have signed up for these sessions. Every transaction locks registrations before sessions,
   * so this comes before the sessions are written.
   */
  async lockSignedUp(manager: Transaction, sessionIds: readonly string[]): Promise<void> {
    await manager.query(
      `SELECT id FROM registrations
        WHERE id IN (SELECT registration_id FROM sign_ups WHERE session_id = ANY ($1::uuid[]))
        ORDER BY id FOR NO KEY UPDATE`,
      [plainArray(sessionIds)],
    );
  }

  /** Ends all sign-ups of sessions whose rows the transaction has locked, and keeps for a while whose they were. */
  async freeSignUps(manager: Transaction, sessionIds: readonly string[]): Promise<FreedSignUp[]> {
    const [rows] = (await manager.query(
      `DELETE FROM sign_ups WHERE session_id = ANY ($1::uuid[])
       RETURNING session_id AS "sessionId", registration_id AS "registrationId", delegate_id AS "delegateId"`,
      [plainArray(sessionIds)],
    )) as [FreedSignUp[], number];
    if (rows.length === 0) return rows;
    await manager.query(`UPDATE sessions SET taken = 0 WHERE session_id = ANY ($1::uuid[])`, [
      plainArray([...new Set(rows.map(({ sessionId }) => sessionId))]),
    ]);
    await manager.query(
      `INSERT INTO ended_sign_ups (session_id, delegate_id, registration_id, ended_at)
       SELECT session, delegate, registration, $1
         FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS freed (session, delegate, registration)
       ON CONFLICT DO NOTHING`,
      [
        new Date(),
        plainArray(rows.map(({ sessionId }) => sessionId)),
        plainArray(rows.map(({ delegateId }) => delegateId)),
        plainArray(rows.map(({ registrationId }) => registrationId)),
      ],
    );
    return rows;
  }
}
