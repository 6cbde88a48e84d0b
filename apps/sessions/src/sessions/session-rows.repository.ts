import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { notFound, sessionChanged, type StopState } from '#contracts';
import type { TransactionContext } from '#persistence';
import { StopProjectionEntity } from '../stops/stop-projection.entity.js';
import { auditedOf, nowhere, speakerKeys, stateOf, type SessionRecord } from './session.js';
import { SessionEntity } from './session.entity.js';
import { bookingRows } from './speaker-booking.js';

/** A statement takes 65,535 parameters at most, and a session has some twenty. */
const rowsPerInsert = 500;

/** The rows of sessions and of their speakers' bookings, which are always written together. */
@Injectable()
export class SessionRowsRepository {
  /**
   * Locks a session for a change, its stop first: whoever changes several rows takes them in this order, and a change
   * of the stop waits for it.
   */
  async lock(
    manager: EntityManager,
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
    manager: EntityManager,
    stopId: string,
    statuses: readonly SessionRecord['status'][],
  ): Promise<SessionRecord[]> {
    return manager.find(SessionEntity, {
      where: { stopId, status: In([...statuses]) },
      order: { startsAt: 'ASC', roomId: 'ASC', id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async insert(manager: EntityManager, session: SessionRecord): Promise<void> {
    await manager.insert(SessionEntity, session);
  }

  /** Inserts sessions that have their places from the start, and books their speakers. */
  async insertScheduled(
    manager: EntityManager,
    sessions: readonly SessionRecord[],
    stop: StopState,
  ): Promise<void> {
    for (let at = 0; at < sessions.length; at += rowsPerInsert) {
      await manager.insert(SessionEntity, sessions.slice(at, at + rowsPerInsert));
    }
    await this.bookSpeakers(manager, sessions, stop);
  }

  /** Saves a session and books its speakers. Throws the database's error where a constraint refuses the place. */
  async save(manager: EntityManager, session: SessionRecord, stop: StopState): Promise<void> {
    if (session.status === 'scheduled') await this.lockPlaces(manager, session.organizationId);
    await manager.update(SessionEntity, { id: session.id }, session);
    await this.releaseSpeakers(manager, [session.id]);
    if (session.status === 'scheduled') await this.bookSpeakers(manager, [session], stop);
  }

  /**
   * Places of one organization are taken one after the other. The constraints alone would be right too, but two
   * transactions that wait for each other's bookings would have to be found and ended as a deadlock.
   */
  async lockPlaces(manager: EntityManager, organizationId: string): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `places ${organizationId}`,
    ]);
  }

  /** Takes sessions off their places for a moment, so that they can move together without meeting each other. */
  async clearPlaces(manager: EntityManager, ids: string[]): Promise<void> {
    await manager.update(SessionEntity, { id: In(ids) }, { status: 'accepted', ...nowhere });
    await this.releaseSpeakers(manager, ids);
  }

  /** Writes state, place, reason and version of many sessions with one statement, and books the speakers. */
  async saveStates(
    manager: EntityManager,
    sessions: readonly SessionRecord[],
    stop: StopState,
  ): Promise<void> {
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

  /** Tells the neighbours and the audit what became of a session. */
  record(
    tx: TransactionContext,
    action: string,
    before: SessionRecord | null,
    after: SessionRecord,
    more: object = {},
  ): void {
    tx.emit(sessionChanged, after.id, stateOf(after));
    tx.audit({
      resourceType: 'session',
      resourceId: after.id,
      action: `session.${action}`,
      organizationId: after.organizationId,
      before: before && auditedOf(before),
      after: { ...auditedOf(after), ...more },
    });
  }

  private async releaseSpeakers(manager: EntityManager, sessionIds: string[]): Promise<void> {
    await manager.query('DELETE FROM speaker_bookings WHERE session_id = ANY($1::uuid[])', [sessionIds]);
  }

  private async bookSpeakers(
    manager: EntityManager,
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

/** The bookings that a session's place needs; none where it has no place. */
export function bookingsOf(session: SessionRecord, stop: StopState) {
  const { id, organizationId, startsAt, endsAt } = session;
  if (startsAt === null || endsAt === null) return [];
  return bookingRows(
    { id, organizationId, startsAt, endsAt, speakerKeys: speakerKeys(session) },
    { cityCode: stop.city.code, speakerTravelMinutes: stop.speakerTravelMinutes },
  );
}
