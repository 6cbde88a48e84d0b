import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import type { Transaction, Reader } from '#persistence';
import type { ReleasedSession } from './release.js';
import { ReleaseEntity } from './release.entity.js';

/** A release without its contents. */
export type ReleaseSummary = Pick<ReleaseEntity, 'stopId' | 'version' | 'publishedAt' | 'note' | 'changes'>;

/** The rows of releases, which are only ever added. */
@Injectable()
export class ReleaseRepository {
  async insert(manager: Transaction, release: ReleaseEntity): Promise<void> {
    await manager.insert(ReleaseEntity, release);
  }

  find(manager: Reader, stopId: string, version: number): Promise<ReleaseEntity | null> {
    return manager.findOneBy(ReleaseEntity, { stopId, version });
  }

  /** One session as a release shows it; null where it is not in that release. */
  async findSession(
    manager: Reader,
    stopId: string,
    version: number,
    sessionId: string,
  ): Promise<ReleasedSession | null> {
    const [found] = (await manager.query(
      `SELECT jsonb_path_query_first(sessions, '$[*] ? (@.id == $id)', jsonb_build_object('id', $3::text)) AS session
         FROM timetable_releases WHERE stop_id = $1 AND version = $2`,
      [stopId, version, sessionId],
    )) as { session: ReleasedSession | null }[];
    return found?.session ?? null;
  }

  /** The present revision of each imported entry of a stop, by its session. */
  async findSourceRevisions(manager: Reader, stopId: string): Promise<Map<string, number>> {
    const found = (await manager.query(
      `SELECT session_id AS "sessionId", max(revision) AS revision FROM imported_entries
        WHERE stop_id = $1 GROUP BY session_id`,
      [stopId],
    )) as { sessionId: string; revision: number }[];
    return new Map(found.map(({ sessionId, revision }) => [sessionId, revision]));
  }

  /** The present revision of what a file said of the stop's schedule as a whole. */
  async findScheduleRevision(manager: Reader, stopId: string): Promise<number | null> {
    const [found] = (await manager.query(
      'SELECT max(revision) AS revision FROM imported_schedules WHERE stop_id = $1',
      [stopId],
    )) as { revision: number | null }[];
    return found?.revision ?? null;
  }

  /** In the order of their numbers. */
  list(manager: Reader, stopId: string, after: number, take: number): Promise<ReleaseSummary[]> {
    return manager.find(ReleaseEntity, {
      select: { stopId: true, version: true, publishedAt: true, note: true, changes: true },
      where: { stopId, version: MoreThan(after) },
      order: { version: 'ASC' },
      take,
    });
  }
}
