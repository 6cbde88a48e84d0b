import { Injectable } from '@nestjs/common';
import { formatInstant, type DataOf, type SessionState, type signUpsChanged } from '#contracts';
import { shifted, type Shift } from '../stops/stop-moves.js';
import { instantArray, plainArray, textArray, type Reader, type Transaction } from '#persistence';

export type SignUps = DataOf<typeof signUpsChanged>;

/** That somebody is in a session: by sign-up, or as its speaker. */
export interface Elsewhere {
  readonly sessionId: string;
  readonly personId: string;
  readonly from: string;
  readonly to: string;
}

/** The rows that say when people are in sessions. */
@Injectable()
export class ElsewhereRepository {
  /**
   * One after the other at a stop: its sessions, their sign-ups and its moves arrive on ways of their own, and two at once
   * would not see each other. To be taken before anything is read.
   */
  async lockStops(manager: Transaction, stopIds: readonly string[]): Promise<void> {
    await manager.query(
      `SELECT pg_advisory_xact_lock(hashtextextended('elsewhere ' || id, 0))
         FROM (SELECT id FROM unnest($1::uuid[]) AS stop (id) ORDER BY id OFFSET 0) AS in_order`,
      [plainArray([...new Set(stopIds)])],
    );
  }

  /** Sorted: no deadlocks. @returns the sessions of which no newer state is known */
  async saveSessions(manager: Transaction, states: readonly SessionState[]): Promise<string[]> {
    const rows = states.toSorted((a, b) => (a.sessionId < b.sessionId ? -1 : 1));
    const saved = (await manager.query(
      `INSERT INTO sessions (id, stop_id, starts_at, ends_at, version)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::integer[])
       ON CONFLICT (id) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at,
         version = excluded.version WHERE sessions.version < excluded.version RETURNING id`,
      [
        plainArray(rows.map(({ sessionId }) => sessionId)),
        plainArray(rows.map(({ stopId }) => stopId)),
        textArray(rows.map(({ startsAt }) => startsAt)),
        textArray(rows.map(({ endsAt }) => endsAt)),
        plainArray(rows.map(({ version }) => version)),
      ],
    )) as { id: string }[];
    return saved.map(({ id }) => id);
  }

  /**
   * Takes the sessions of a stop along with it, and everybody out of them for now.
   * @returns who is in them at the new times; the caller books them once meetings have moved, too
   */
  async moveSessions(manager: Transaction, stopId: string, shift: Shift): Promise<Elsewhere[]> {
    await this.lockStops(manager, [stopId]);
    const stored = (await manager.query(
      `SELECT id, starts_at AS "startsAt", ends_at AS "endsAt" FROM sessions
        WHERE stop_id = $1 AND starts_at IS NOT NULL ORDER BY id FOR UPDATE`,
      [stopId],
    )) as { id: string; startsAt: Date; endsAt: Date }[];
    const moved = stored.map(({ id, startsAt, endsAt }) =>
      shifted({ id, startsAt: formatInstant(startsAt), endsAt: formatInstant(endsAt) }, shift),
    );
    await manager.query(
      `UPDATE sessions SET starts_at = moved.starts_at, ends_at = moved.ends_at
         FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) AS moved (id, starts_at, ends_at)
        WHERE sessions.id = moved.id`,
      [
        plainArray(moved.map(({ id }) => id)),
        textArray(moved.map(({ startsAt }) => startsAt)),
        textArray(moved.map(({ endsAt }) => endsAt)),
      ],
    );
    const left = (await manager.query(
      `WITH gone AS (DELETE FROM bookings WHERE kind = 'elsewhere' AND session_id = ANY ($1::uuid[])
                     RETURNING session_id, person_id)
       SELECT session_id AS "sessionId", person_id AS "personId" FROM gone ORDER BY 1, 2`,
      [plainArray(moved.map(({ id }) => id))],
    )) as { sessionId: string; personId: string }[];
    const times = new Map(moved.map(({ id, startsAt, endsAt }) => [id, { from: startsAt, to: endsAt }]));
    return left.flatMap((one) => {
      const time = times.get(one.sessionId);
      return time === undefined ? [] : [{ ...one, ...time }];
    });
  }

  /** Sorted: no deadlocks. @returns the registrations of which no newer state is known */
  async saveSignUps(manager: Transaction, states: readonly SignUps[]): Promise<string[]> {
    const rows = states.toSorted((a, b) => (a.registrationId < b.registrationId ? -1 : 1));
    const saved = (await manager.query(
      `INSERT INTO sign_ups (registration_id, stop_id, sign_ups, version)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::jsonb[], $4::integer[])
       ON CONFLICT (registration_id) DO UPDATE SET sign_ups = excluded.sign_ups, version = excluded.version
         WHERE sign_ups.version < excluded.version RETURNING registration_id AS id`,
      [
        rows.map(({ registrationId }) => registrationId),
        rows.map(({ stopId }) => stopId),
        rows.map(({ signUps }) => JSON.stringify(signUps)),
        rows.map(({ version }) => version),
      ],
    )) as { id: string }[];
    return saved.map(({ id }) => id);
  }

  /** Who of these delegations is in which session at what time, now that both are known. */
  async findOfRegistrations(manager: Transaction, ids: readonly string[]): Promise<Elsewhere[]> {
    return this.find(manager, 'registration_id', ids);
  }

  async findOfSessions(manager: Transaction, ids: readonly string[]): Promise<Elsewhere[]> {
    return this.find(manager, 'sessions.id', ids);
  }

  private async find(
    manager: Transaction,
    column: 'registration_id' | 'sessions.id',
    ids: readonly string[],
  ): Promise<Elsewhere[]> {
    const rows = (await manager.query(
      `SELECT sessions.id AS "sessionId", person.id AS "personId", starts_at AS "from", ends_at AS "to"
         FROM sign_ups, jsonb_array_elements(sign_ups) AS one
         JOIN sessions ON sessions.id = (one->>'sessionId')::uuid,
         jsonb_array_elements_text(one->'delegateIds') AS person (id)
        WHERE ${column} = ANY ($1::uuid[]) AND starts_at IS NOT NULL ORDER BY 1, 2`,
      [plainArray(ids)],
    )) as { sessionId: string; personId: string; from: Date; to: Date }[];
    return rows.map((row) => ({ ...row, from: formatInstant(row.from), to: formatInstant(row.to) }));
  }

  /** Forgets that people are in sessions: all of some sessions, or all of some people. */
  async release(
    manager: Transaction,
    of: { sessionIds: readonly string[] } | { personIds: readonly string[] },
  ): Promise<void> {
    if ('sessionIds' in of) {
      await manager.query(`DELETE FROM bookings WHERE kind = 'elsewhere' AND session_id = ANY ($1::uuid[])`, [
        plainArray(of.sessionIds),
      ]);
      return;
    }
    await manager.query(`DELETE FROM bookings WHERE kind = 'elsewhere' AND person_id = ANY ($1::uuid[])`, [
      plainArray(of.personIds),
    ]);
  }

  /** The people of these registrations who are signed up; locks what says so, in the order of the registrations. */
  async lockPeople(
    manager: Transaction,
    registrationIds: readonly string[],
  ): Promise<{ registrationId: string; personId: string }[]> {
    return (await manager.query(
      `SELECT DISTINCT locked.id AS "registrationId", person.id AS "personId"
         FROM (SELECT registration_id AS id, sign_ups FROM sign_ups WHERE registration_id = ANY ($1::uuid[])
                ORDER BY registration_id FOR UPDATE) AS locked,
              jsonb_array_elements(locked.sign_ups) AS one,
              jsonb_array_elements_text(one->'delegateIds') AS person (id)`,
      [plainArray(registrationIds)],
    )) as { registrationId: string; personId: string }[];
  }

  /** The people who are in scheduled meetings of stops. */
  async findMeetingPeople(
    manager: Reader,
    stopIds: readonly string[],
  ): Promise<{ personId: string; stopId: string }[]> {
    return (await manager.query(
      `SELECT DISTINCT person_id AS "personId", stop_id AS "stopId"
         FROM bookings JOIN meetings ON meetings.id = meeting_id
        WHERE stop_id = ANY ($1::uuid[]) AND status = 'scheduled'`,
      [plainArray(stopIds)],
    )) as { personId: string; stopId: string }[];
  }

  /** A person who was in a meeting that took place was not elsewhere then. */
  async book(manager: Transaction, rows: readonly Elsewhere[]): Promise<void> {
    if (rows.length === 0) return;
    await manager.query(
      `INSERT INTO bookings (person_id, kind, session_id, during)
       SELECT person, 'elsewhere', session, tstzrange(starts, ends)
         FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) AS t (person, session, starts, ends)
        WHERE NOT EXISTS (
          SELECT FROM bookings JOIN meetings ON meetings.id = meeting_id
           WHERE person_id = person AND during && tstzrange(starts, ends) AND status IN ('held', 'missed'))`,
      [
        plainArray(rows.map(({ personId }) => personId)),
        plainArray(rows.map(({ sessionId }) => sessionId)),
        instantArray(rows.map(({ from }) => new Date(from))),
        instantArray(rows.map(({ to }) => new Date(to))),
      ],
    );
  }
}
