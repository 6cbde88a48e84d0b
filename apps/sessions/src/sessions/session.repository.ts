import { Injectable } from '@nestjs/common';
import { Brackets, In, MoreThan } from 'typeorm';
import { notFound, type StopState, type UnscheduledSession } from '#contracts';
import type { Transaction, Reader } from '#persistence';
import { StopProjectionEntity } from '../stops/stop-projection.entity.js';
import { nowhere, type SessionRecord } from './session.js';
import { SessionEntity } from './session.entity.js';
import { bookingsOf } from './speaker-booking.js';

/** Which sessions of a stop a list holds. */
type SessionFilter = {
  stopId: string;
  statuses: readonly SessionRecord['status'][] | undefined;
  track: string | undefined;
  /** A company sees its own sessions and the scheduled ones; null sees all. */
  companyId: string | null;
};
type Slice = { after: string | null; take: number };

/** The rows of sessions and of their speakers' bookings, which are always written together. */
@Injectable()
export class SessionRepository {
  find(manager: Reader, id: string): Promise<SessionRecord | null> {
    return manager.findOneBy(SessionEntity, { id });
  }

  /** Those of the sessions that there are, in any order. */
  findAll(manager: Reader, ids: readonly string[]): Promise<SessionRecord[]> {
    return manager.findBy(SessionEntity, { id: In([...ids]) });
  }

  /** Sessions of a stop in the order of their creation. */
  list(manager: Reader, filter: SessionFilter, { after, take }: Slice): Promise<SessionRecord[]> {
    const { stopId, statuses, track, companyId } = filter;
    const find = manager
      .createQueryBuilder(SessionEntity, 'session')
      .where('session.stopId = :stopId', { stopId })
      .orderBy('session.id')
      .take(take);
    if (companyId !== null) {
      const own = new Brackets((either) =>
        either.where('session.companyId = :companyId', { companyId }).orWhere(`session.status = 'scheduled'`),
      );
      find.andWhere(own);
    }
    if (statuses !== undefined) find.andWhere('session.status IN (:...statuses)', { statuses });
    if (track !== undefined) find.andWhere('session.track = :track', { track });
    if (after !== null) find.andWhere('session.id > :after', { after });
    return find.getMany();
  }

  /** A company's sessions at all stops, in the order of their creation. */
  listOfCompany(manager: Reader, companyId: string, { after, take }: Slice): Promise<SessionRecord[]> {
    return manager.find(SessionEntity, {
      where: { companyId, ...(after === null ? {} : { id: MoreThan(after) }) },
      order: { id: 'ASC' },
      take,
    });
  }

  findScheduled(manager: Reader, stopId: string): Promise<SessionRecord[]> {
    return manager.findBy(SessionEntity, { stopId, status: 'scheduled' });
  }

  /** The rooms of a stop that scheduled sessions use. */
  async findRoomsInUse(manager: Reader, stopId: string): Promise<string[]> {
    const rows = (await manager.query(
      `SELECT DISTINCT room_id AS "roomId" FROM sessions WHERE stop_id = $1 AND status = 'scheduled'`,
      [stopId],
    )) as { roomId: string }[];
    return rows.map((row) => row.roomId);
  }

  /**
   * Locks a session for a change, its stop first: every change takes rows in this order, and a change of the stop waits
   * for it.
   */
  async lock(
    manager: Transaction,
    id: string,
  ): Promise<{ session: SessionRecord; stop: StopProjectionEntity }> {
    const found = await manager.findOneBy(SessionEntity, { id });
    if (found === null) throw notFound('session');
    const lock = { mode: 'pessimistic_write' as const };
    const stop = await manager.findOneOrFail(StopProjectionEntity, { where: { id: found.stopId }, lock });
    const session = await manager.findOneOrFail(SessionEntity, { where: { id }, lock });
    return { session, stop };
  }

  /** Sessions of a stop in some states, locked, in the order of the timetable. The stop's row is locked already. */
  lockAll(
    manager: Transaction,
    stopId: string,
    statuses: readonly SessionRecord['status'][],
  ): Promise<SessionRecord[]> {
    return manager.find(SessionEntity, {
      where: { stopId, status: In([...statuses]) },
      order: { startsAt: 'ASC', roomId: 'ASC', id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async insert(manager: Transaction, session: SessionRecord): Promise<void> {
    await manager.insert(SessionEntity, session);
  }

  /**
   * Inserts sessions that have their places from the start, and books their speakers. With one parameter for all: a
   * query builder looks at each of its parameters once for every other.
   */
  async insertScheduled(
    manager: Transaction,
    sessions: readonly SessionRecord[],
    stop: StopState,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO sessions (id, stop_id, organization_id, company_id, title, abstract, track, kind, duration_minutes,
                             speakers, language, status, room_id, starts_at, ends_at, reason, created_at, version)
       SELECT * FROM jsonb_to_recordset($1::jsonb)
         AS given (id uuid, stop_id uuid, organization_id uuid, company_id uuid, title jsonb, abstract jsonb, track text,
                   kind text, duration_minutes integer, speakers jsonb, language text, status text, room_id uuid,
                   starts_at timestamptz, ends_at timestamptz, reason text, created_at timestamptz, version integer)`,
      [JSON.stringify(sessions.map(rowOf))],
    );
    await this.bookSpeakers(manager, sessions, stop);
  }

  /** Locks two sessions of a stop, which is locked first; the second is null where there is none. */
  async lockTwo(
    manager: Transaction,
    id: string,
    otherId: string,
  ): Promise<{ session: SessionRecord; other: SessionRecord | null; stop: StopProjectionEntity }> {
    const { session, stop } = await this.lock(manager, id);
    const other = await manager.findOne(SessionEntity, {
      where: { id: otherId, stopId: stop.id },
      lock: { mode: 'pessimistic_write' },
    });
    return { session, other, stop };
  }

  /** Saves a session and books its speakers. Throws the database's error where a constraint refuses the place. */
  async save(manager: Transaction, session: SessionRecord, stop: StopState): Promise<void> {
    if (session.status === 'scheduled') await this.lockPlaces(manager, session.organizationId);
    await manager.update(SessionEntity, { id: session.id }, session);
    await this.releaseSpeakers(manager, [session.id]);
    if (session.status === 'scheduled') await this.bookSpeakers(manager, [session], stop);
  }

  /**
   * Places of one organization are taken one after the other. The constraints alone would be right too, but two
   * transactions that wait for each other's bookings would have to be found and ended as a deadlock.
   */
  async lockPlaces(manager: Transaction, organizationId: string): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `places ${organizationId}`,
    ]);
  }

  /** Takes sessions off their places for a moment, so that they can move together without meeting each other. */
  async clearPlaces(manager: Transaction, ids: string[]): Promise<void> {
    await manager.update(SessionEntity, { id: In(ids) }, { status: 'accepted', ...nowhere });
    await this.releaseSpeakers(manager, ids);
  }

  /** Writes state, place, reason and version of many sessions with one statement, and books the speakers. */
  async saveStates(manager: Transaction, sessions: readonly SessionRecord[], stop: StopState): Promise<void> {
    await manager.query(
      `UPDATE sessions SET status = given.status, room_id = given.room_id, starts_at = given.starts_at,
                           ends_at = given.ends_at, reason = given.reason, version = given.version
         FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::int[])
           AS given (id, status, room_id, starts_at, ends_at, reason, version)
        WHERE sessions.id = given.id`,
      [
        sessions.map((session) => session.id),
        sessions.map((session) => session.status),
        sessions.map((session) => session.roomId),
        sessions.map((session) => session.startsAt),
        sessions.map((session) => session.endsAt),
        sessions.map((session) => session.reason),
        sessions.map((session) => session.version),
      ],
    );
    const ids = sessions.map((session) => session.id);
    await this.releaseSpeakers(manager, ids);
    await this.bookSpeakers(manager, sessions, stop);
  }

  /** Writes everything that can change of many sessions with one statement, and books the speakers. */
  async saveAll(manager: Transaction, sessions: readonly SessionRecord[], stop: StopState): Promise<void> {
    if (sessions.length === 0) return;
    await manager.query(
      `UPDATE sessions SET title = given.title, abstract = given.abstract, track = given.track, kind = given.kind,
                           duration_minutes = given.duration_minutes, speakers = given.speakers,
                           language = given.language, status = given.status, room_id = given.room_id,
                           starts_at = given.starts_at, ends_at = given.ends_at, reason = given.reason,
                           version = given.version
         FROM jsonb_to_recordset($1::jsonb)
           AS given (id uuid, title jsonb, abstract jsonb, track text, kind text, duration_minutes integer,
                     speakers jsonb, language text, status text, room_id uuid, starts_at timestamptz,
                     ends_at timestamptz, reason text, version integer)
        WHERE sessions.id = given.id`,
      [JSON.stringify(sessions.map(rowOf))],
    );
    await this.releaseSpeakers(
      manager,
      sessions.map(({ id }) => id),
    );
    await this.bookSpeakers(manager, sessions, stop);
  }

  /** Remembers which versions of the stop, after one and up to another, took sessions their places. */
  async markUnscheduled(
    manager: Transaction,
    ids: readonly string[],
    versions: { after: number; upTo: number },
  ): Promise<void> {
    await manager.query(
      `UPDATE sessions SET unscheduled_by = int4range($2, $3, '(]') WHERE id = ANY($1::uuid[])`,
      [ids, versions.after, versions.upTo],
    );
  }

  /** The sessions that a version of their stop took their places, in the order of their creation. */
  async findUnscheduledBy(manager: Reader, stopId: string, version: number): Promise<UnscheduledSession[]> {
    return (await manager.query(
      'SELECT id, title, reason FROM sessions WHERE stop_id = $1 AND unscheduled_by @> $2::integer ORDER BY id',
      [stopId, version],
    )) as UnscheduledSession[];
  }

  private async releaseSpeakers(manager: Transaction, sessionIds: string[]): Promise<void> {
    await manager.query('DELETE FROM speaker_bookings WHERE session_id = ANY($1::uuid[])', [sessionIds]);
  }

  private async bookSpeakers(
    manager: Transaction,
    sessions: readonly SessionRecord[],
    stop: StopState,
  ): Promise<void> {
    const rows = sessions.flatMap((session) => bookingsOf(session, stop));
    if (rows.length === 0) return;
    await manager.query(
      `INSERT INTO speaker_bookings (session_id, speaker_key, kind, organization_id, place, during)
       SELECT session_id, speaker_key, kind, organization_id, place, tstzrange(starts_at, ends_at)
         FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::timestamptz[], $7::timestamptz[])
           AS booked (session_id, speaker_key, kind, organization_id, place, starts_at, ends_at)`,
      [
        rows.map((row) => row.sessionId),
        rows.map((row) => row.speakerKey),
        rows.map((row) => row.kind),
        rows.map((row) => row.organizationId),
        rows.map((row) => row.place),
        rows.map((row) => row.startsAt),
        rows.map((row) => row.endsAt),
      ],
    );
  }
}

/** By the names of the columns; an abstract that is missing is SQL's null and not JSON's. */
function rowOf(session: SessionRecord): object {
  const {
    stopId,
    organizationId,
    companyId,
    createdAt,
    durationMinutes,
    roomId,
    startsAt,
    endsAt,
    abstract,
    ...others
  } = session;
  return {
    ...others,
    ...(abstract === null ? {} : { abstract }),
    stop_id: stopId,
    organization_id: organizationId,
    company_id: companyId,
    created_at: createdAt,
    duration_minutes: durationMinutes,
    room_id: roomId,
    starts_at: startsAt,
    ends_at: endsAt,
  };
}
