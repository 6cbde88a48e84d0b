import type { StopState } from '#contracts';
import { plainArray, type Sql } from '#persistence';
import type { Delegation } from '../seats/delegation.js';
import type { EndedSignUp } from './seat-records.js';

/** The stop as it now shows itself, and its rooms: sign-ups end where a room's seats do. */
export async function writeRooms(
  sql: Sql,
  { id, rooms, published, name, timeZone }: StopState,
): Promise<void> {
  await sql.query(`UPDATE stops SET ever_published = $2, name = $3, time_zone = $4 WHERE stop_id = $1`, [
    id,
    published,
    JSON.stringify(name),
    timeZone,
  ]);
  await sql.query('DELETE FROM rooms WHERE stop_id = $1 AND room_id <> ALL($2::uuid[])', [
    id,
    rooms.map((room) => room.id),
  ]);
  await sql.query(
    `INSERT INTO rooms (stop_id, room_id, seats) SELECT $1, * FROM unnest($2::uuid[], $3::integer[])
     ON CONFLICT (stop_id, room_id) DO UPDATE SET seats = excluded.seats`,
    [id, rooms.map((room) => room.id), rooms.map((room) => room.seats)],
  );
}

/** A registration as it was and is, where the whole stop was cancelled. */
export interface CancelledRow {
  readonly id: string;
  readonly companyId: string;
  readonly was: Delegation['status'];
  readonly seats: number;
  readonly version: number;
}

/** Cancels what is still live at a stop. */
export async function cancelEveryLive(
  sql: Sql,
  stopId: string,
  reason: string | null,
): Promise<CancelledRow[]> {
  return (await sql.query(
    `WITH live AS (
       SELECT id, status FROM registrations
        WHERE stop_id = $1 AND status IN ('confirmed', 'pending', 'waitlisted') ORDER BY id FOR UPDATE
     )
     UPDATE registrations r SET status = 'cancelled', reason = $2, queue_number = NULL, version = version + 1
       FROM live WHERE r.id = live.id
     RETURNING r.id, company_id AS "companyId", live.status AS was, seats, version`,
    [stopId, reason],
  )) as CancelledRow[];
}

/** Ends the sign-ups of delegates. Runs after the rows of their registrations were locked, so none can be added. */
export async function endSignUps(sql: Sql, delegateIds: readonly string[]): Promise<EndedSignUp[]> {
  if (delegateIds.length === 0) return [];
  const ids = plainArray(delegateIds);
  // In the order of their ids, as every transaction locks them, and before any sign-up is touched.
  await sql.query(
    `SELECT s.session_id
       FROM (SELECT DISTINCT u.session_id AS id FROM unnest($1::uuid[]) AS named (id)
              CROSS JOIN LATERAL (SELECT session_id FROM sign_ups WHERE delegate_id = named.id OFFSET 0) AS u
              ORDER BY 1) AS named
      CROSS JOIN LATERAL (
        SELECT session_id FROM sessions WHERE session_id = named.id FOR NO KEY UPDATE OFFSET 0) AS s`,
    [ids],
  );
  return (await sql.query(
    `WITH ended AS (
       DELETE FROM sign_ups WHERE delegate_id = ANY ($1::uuid[]) RETURNING session_id, delegate_id, registration_id
     ), counted AS (
       UPDATE sessions s SET taken = s.taken - fewer.count
         FROM (SELECT session_id, count(*)::integer AS count FROM ended GROUP BY session_id) AS fewer
        WHERE s.session_id = fewer.session_id
     )
     SELECT session_id AS "sessionId", delegate_id AS "delegateId", registration_id AS "registrationId" FROM ended`,
    [ids],
  )) as EndedSignUp[];
}

/** Ends all sign-ups of registrations. */
export async function endSignUpsOf(sql: Sql, registrationIds: readonly string[]): Promise<EndedSignUp[]> {
  const delegates = (await sql.query(
    `SELECT d.id FROM unnest($1::uuid[]) AS named (id)
      CROSS JOIN LATERAL (SELECT id FROM delegates WHERE registration_id = named.id OFFSET 0) AS d`,
    [plainArray(registrationIds)],
  )) as { id: string }[];
  return endSignUps(
    sql,
    delegates.map(({ id }) => id),
  );
}
