import { Injectable } from '@nestjs/common';
import type { Reader, Transaction } from '#persistence';
import type { ScheduleDetails } from '../schedule-file/schedule-details.js';
import { ImportedScheduleEntity } from './imported-schedule.entity.js';

/** The rows of what files said of schedules as a whole, which are only ever added. */
@Injectable()
export class ImportedScheduleRepository {
  find(manager: Reader, stopId: string, revision: number): Promise<ImportedScheduleEntity | null> {
    return manager.findOneBy(ImportedScheduleEntity, { stopId, revision });
  }

  /** Adds a revision where the details differ from the latest one. The stop's row has to be locked. */
  async add(manager: Transaction, stopId: string, details: ScheduleDetails): Promise<void> {
    await manager.query(
      `WITH latest AS (
         SELECT revision, details FROM imported_schedules WHERE stop_id = $1 ORDER BY revision DESC LIMIT 1
       )
       INSERT INTO imported_schedules (stop_id, revision, details)
       SELECT $1, coalesce((SELECT revision FROM latest), 0) + 1, $2::jsonb
        WHERE $2::jsonb IS DISTINCT FROM (SELECT details FROM latest)`,
      [stopId, JSON.stringify(details)],
    );
  }

  /** The same where the stop has none yet. */
  async addFirst(manager: Transaction, stopId: string, details: ScheduleDetails): Promise<void> {
    await manager.query(
      `INSERT INTO imported_schedules (stop_id, revision, details) VALUES ($1, 1, $2::jsonb) ON CONFLICT DO NOTHING`,
      [stopId, JSON.stringify(details)],
    );
  }
}
