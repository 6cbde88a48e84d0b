import { Injectable } from '@nestjs/common';
import type { StopState } from '#contracts';
import { type Reader, type Transaction } from '#persistence';
import { writeRooms } from '../seating/stop-follow.repository.js';
import { snapshotOf } from './stop-snapshot.js';
import { StopEntity } from './stop.entity.js';

/** How many seats there are and are taken, at all stops of one status. */
export interface SeatFigures {
  status: StopEntity['status'];
  capacity: number;
  confirmed: number;
  pending: number;
  waitlisted: number;
}

/** The rows of this service's copy of the stops. They hold the seats too, so the seat queue alone changes them. */
@Injectable()
export class StopProjectionRepository {
  find(manager: Reader, stopId: string): Promise<StopEntity | null> {
    return manager.findOneBy(StopEntity, { stopId });
  }

  async findVersion(manager: Reader, stopId: string): Promise<number | undefined> {
    const stop = await manager.findOne(StopEntity, { select: { stopVersion: true }, where: { stopId } });
    return stop?.stopVersion;
  }

  /** A stop seen for the first time has no seats to decide about. @returns whether it was the first time */
  async insert(manager: Transaction, state: StopState): Promise<boolean> {
    const snapshot = snapshotOf(state);
    const { name, timeZone, published } = state;
    const row = { ...snapshot, name, timeZone, everPublished: published, seatsLimit: snapshot.capacity };
    const { raw } = await manager
      .createQueryBuilder()
      .insert()
      .into(StopEntity)
      .values(row)
      .orIgnore()
      .returning('stop_id')
      .execute();
    const inserted = (raw as unknown[]).length > 0;
    if (inserted) await writeRooms(manager, state);
    return inserted;
  }

  async sumSeats(manager: Reader): Promise<SeatFigures[]> {
    return (await manager.query(
      `SELECT status,
              coalesce(sum(capacity), 0)::float8 AS capacity,
              coalesce(sum(confirmed_seats), 0)::float8 AS confirmed,
              coalesce(sum(pending_seats), 0)::float8 AS pending,
              coalesce(sum(waitlisted_seats), 0)::float8 AS waitlisted
         FROM unnest(ARRAY['draft', 'published', 'completed', 'cancelled']) AS status
              LEFT JOIN stops USING (status)
        GROUP BY status`,
    )) as SeatFigures[];
  }
}
