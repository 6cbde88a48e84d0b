import { Injectable } from '@nestjs/common';
import type { Localized } from '#contracts';
import { findReplays, plainArray, type PipelinedTransaction } from '#persistence';
import {
  LoadedSignUps,
  type LockedDelegate,
  type LockedSession,
  type StoredSignUp,
} from './loaded-sign-ups.js';
import type { Interval } from './session-seats.js';
import { delegatesOf, type QueuedSignUp } from './queued-sign-up.js';

interface SessionRow extends Omit<LockedSession, 'during'> {
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
}

interface SignUpRow {
  readonly sessionId: string;
  readonly delegateId: string;
  readonly registrationId: string;
  readonly title: Localized | null;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
}

/** The rows of sign-ups, as they are written under the locks of their sessions. */
@Injectable()
export class SignUpRepository {
  /**
   * Locks the registrations first and the sessions then, each in the order of their ids, as every transaction does that
   * touches both; each statement sees what was committed before it began, so what is loaded is loaded under the locks.
   */
  async load(sql: PipelinedTransaction, queued: readonly QueuedSignUp[]): Promise<LoadedSignUps> {
    const delegateIds = [...new Set(queued.flatMap(delegatesOf))];
    const sessionIds = [...new Set(queued.map(({ sessionId }) => sessionId))];
    sql.send(lockRegistrations, [plainArray(delegateIds)]);
    const [sessions, delegates, signUps, replays] = await Promise.all([
      sql.query(lockSessions, [plainArray(sessionIds.toSorted())]) as Promise<SessionRow[]>,
      sql.query(loadDelegates, [plainArray(delegateIds)]) as Promise<LockedDelegate[]>,
      sql.query(loadSignUps, [plainArray(delegateIds)]) as Promise<SignUpRow[]>,
      findReplays(
        sql,
        queued.map(({ call }) => call),
      ),
    ]);
    return new LoadedSignUps(sessions.map(withTime), delegates, signUps.map(storedOf), replays);
  }

  /** The counters are added to and not set, so that the table's check holds even where a row had not been locked. */
  send(sql: PipelinedTransaction, loaded: LoadedSignUps, now: Date): void {
    const { removed, added } = loaded;
    if (removed.length > 0) {
      sql.send(deleteSignUps, [
        plainArray(removed.map(({ sessionId }) => sessionId)),
        plainArray(removed.map(({ delegateId }) => delegateId)),
      ]);
    }
    if (added.length > 0) {
      sql.send(insertSignUps, [
        now,
        plainArray(added.map(({ sessionId }) => sessionId)),
        plainArray(added.map(({ registrationId }) => registrationId)),
        plainArray(added.map(({ delegateId }) => delegateId)),
      ]);
    }
    const delegations = loaded.changedDelegations();
    if (delegations.length > 0) {
      sql.send(updateVersions, [
        plainArray(delegations.map(({ registrationId }) => registrationId)),
        plainArray(delegations.map(({ version }) => version)),
      ]);
    }
    const sessions = loaded.changedSessions().filter(({ more }) => more !== 0);
    if (sessions.length > 0) {
      sql.send(updateCounters, [
        plainArray(sessions.map(({ sessionId }) => sessionId)),
        plainArray(sessions.map(({ more }) => more)),
        plainArray(sessions.map(({ seats }) => seats)),
      ]);
    }
  }
}

const lockRegistrations = `
  SELECT r.id
    FROM (SELECT DISTINCT d.registration_id AS id FROM unnest($1::uuid[]) AS named (id)
           CROSS JOIN LATERAL (SELECT registration_id FROM delegates WHERE id = named.id OFFSET 0) AS d
           ORDER BY 1) AS named
   CROSS JOIN LATERAL (SELECT id FROM registrations WHERE id = named.id FOR NO KEY UPDATE OFFSET 0) AS r`;

const lockSessions = `
  SELECT s.*, coalesce(room.seats, 0) AS seats, s."roomId" IS NULL OR room.seats IS NOT NULL AS "isRoomKnown",
         stop.status AS "stopStatus", stop.time_zone AS "timeZone"
    FROM unnest($1::uuid[]) AS named (id)
   CROSS JOIN LATERAL (
     SELECT session_id AS "sessionId", stop_id AS "stopId", organization_id AS "organizationId",
            company_id AS "companyId", status, room_id AS "roomId", starts_at AS "startsAt", ends_at AS "endsAt", taken,
            title
       FROM sessions WHERE session_id = named.id FOR NO KEY UPDATE OFFSET 0) AS s
    LEFT JOIN LATERAL (
      SELECT seats FROM rooms WHERE stop_id = s."stopId" AND room_id = s."roomId" OFFSET 0) AS room ON true
    LEFT JOIN LATERAL (SELECT status, time_zone FROM stops WHERE stop_id = s."stopId" OFFSET 0) AS stop ON true`;

const loadDelegates = `
  SELECT d.*, r.*
    FROM unnest($1::uuid[]) AS named (id)
   CROSS JOIN LATERAL (
     SELECT id, name, registration_id AS "registrationId" FROM delegates WHERE id = named.id OFFSET 0) AS d
   CROSS JOIN LATERAL (
     SELECT stop_id AS "stopId", company_id AS "companyId", status, sign_ups_version AS "signUpsVersion"
       FROM registrations WHERE id = d."registrationId" OFFSET 0) AS r`;

/** The sign-ups of whole delegations: the event of one carries all of them. */
const loadSignUps = `
  SELECT own.id AS "delegateId", named.id AS "registrationId", u."sessionId", s."startsAt", s."endsAt", s.title
    FROM (SELECT DISTINCT d.registration_id AS id FROM unnest($1::uuid[]) AS asked (id)
           CROSS JOIN LATERAL (SELECT registration_id FROM delegates WHERE id = asked.id OFFSET 0) AS d) AS named
   CROSS JOIN LATERAL (SELECT id FROM delegates WHERE registration_id = named.id OFFSET 0) AS own
   CROSS JOIN LATERAL (
     SELECT session_id AS "sessionId" FROM sign_ups WHERE delegate_id = own.id OFFSET 0) AS u
    LEFT JOIN LATERAL (
      SELECT starts_at AS "startsAt", ends_at AS "endsAt", title
        FROM sessions WHERE session_id = u."sessionId" AND status = 'scheduled' OFFSET 0) AS s ON true`;

const deleteSignUps = `
  DELETE FROM sign_ups WHERE (session_id, delegate_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))`;

const insertSignUps = `
  INSERT INTO sign_ups (created_at, session_id, registration_id, delegate_id)
  SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::uuid[])`;

const updateVersions = `
  UPDATE registrations SET sign_ups_version = ($2::integer[])[array_position($1::uuid[], id)]
   WHERE id = ANY ($1::uuid[])`;

/** Found by the index, each row by its place in the arrays: a join could be planned as a scan of all sessions. */
const nth = (parameter: number) => `($${parameter}::integer[])[array_position($1::uuid[], session_id)]`;

/** A room made smaller bumps nobody: the limit is its seats, or what was taken before. */
const updateCounters = `
  UPDATE sessions
     SET taken = taken + ${nth(2)},
         seats_limit = CASE WHEN ${nth(2)} > 0 THEN greatest(${nth(3)}, taken) ELSE seats_limit END
   WHERE session_id = ANY ($1::uuid[])`;

function duringOf(startsAt: Date | null, endsAt: Date | null): Interval | null {
  return startsAt !== null && endsAt !== null ? { startsAt, endsAt } : null;
}

function withTime({ startsAt, endsAt, ...session }: SessionRow): LockedSession {
  return { ...session, during: session.status === 'scheduled' ? duringOf(startsAt, endsAt) : null };
}

function storedOf({ startsAt, endsAt, title, ...signUp }: SignUpRow): StoredSignUp {
  const during = duringOf(startsAt, endsAt);
  return { ...signUp, during: during && { ...during, title } };
}
