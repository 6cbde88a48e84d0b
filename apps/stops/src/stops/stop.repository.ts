import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { notFound } from '#contracts';
import { violatedConstraint, type Reader, type Transaction } from '#persistence';
import { OverlapError, isOverlap } from './overlap.repository.js';
import type { ParentTour } from './parent-tour.repository.js';
import { StopEntity, recordOf } from './stop.entity.js';
import type { StopRecord } from './stop.js';
import type { Viewer } from './viewer.js';

/** The foreign key to the tour, which keeps stops and their tours together. */
export const tourKey = 'stops_tour_id_overlap_allowed_fkey';
/** The place of a stop in its tour: all stops count, whatever the caller may see, so that a stop has one number. */
const sequence = 'row_number() OVER (ORDER BY starts_at, id)';

/** The rows of stops. */
@Injectable()
export class StopRepository {
  async insert(manager: Transaction, stop: StopRecord, tour: ParentTour): Promise<void> {
    const row = { ...stop, overlapAllowed: tour.overlappingStops };
    const write = manager.insert(StopEntity, row).catch((error: unknown) => {
      throw violatedConstraint(error) === tourKey ? notFound('tour') : error;
    });
    await namingOverlap(stop, write);
  }

  async update(manager: Transaction, stop: StopRecord): Promise<void> {
    await namingOverlap(stop, manager.update(StopEntity, { id: stop.id }, stop));
  }

  async delete(manager: Transaction, id: string): Promise<void> {
    await manager.delete(StopEntity, { id });
  }

  async find(manager: Reader, id: string): Promise<StopRecord | null> {
    const stop = await manager.findOneBy(StopEntity, { id });
    return stop && recordOf(stop);
  }

  async findAll(manager: Reader, ids: readonly string[]): Promise<StopRecord[]> {
    const found = await manager.findBy(StopEntity, { id: In([...ids]) });
    return found.map(recordOf);
  }

  /** The stops of a tour that were ever published, in order of start. */
  async findPublished(manager: Reader, tourId: string): Promise<StopRecord[]> {
    const found = await manager.find(StopEntity, {
      where: { tourId, published: true },
      order: { startsAt: 'ASC', id: 'ASC' },
    });
    return found.map(recordOf);
  }

  /** `null` for a stop that was deleted meanwhile. */
  async lock(manager: Transaction, id: string): Promise<StopRecord | null> {
    const stop = await manager.findOne(StopEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    return stop && recordOf(stop);
  }

  /** Gives every stop of a tour its next version. @returns the stops as they are now */
  async raiseVersions(manager: Transaction, tourId: string, updatedAt: string): Promise<StopRecord[]> {
    await manager.query('UPDATE stops SET version = version + 1, updated_at = $2 WHERE tour_id = $1', [
      tourId,
      updatedAt,
    ]);
    return (await manager.findBy(StopEntity, { tourId })).map(recordOf);
  }

  /** The 1-based place of a stop among all stops of its tour. */
  async sequenceOf(manager: Reader, stop: StopRecord): Promise<number> {
    const [row] = (await manager.query(
      'SELECT count(*)::integer AS sequence FROM stops WHERE tour_id = $1 AND (starts_at, id) <= ($2, $3::uuid)',
      [stop.tourId, stop.startsAt, stop.id],
    )) as { sequence: number }[];
    return row?.sequence ?? 1;
  }

  /** The stops of a tour that a viewer sees, in order of start, after one of them. */
  listOfTour(
    manager: Reader,
    tourId: string,
    { all, organizationId, stopId }: Viewer,
    after: { startsAt: string; id: string } | null,
    maxStops: number,
  ): Promise<{ id: string; sequence: number }[]> {
    return manager.query(
      `SELECT id, sequence::integer FROM (
          SELECT id, starts_at, organization_id, published, ${sequence} AS sequence FROM stops WHERE tour_id = $1
        ) AS stop
        WHERE (published OR $2 OR organization_id = $3 OR id = $4)
          AND ($5::timestamptz IS NULL OR (starts_at, id) > ($5, $6::uuid))
        ORDER BY starts_at, id LIMIT $7`,
      [tourId, all, organizationId, stopId, after?.startsAt ?? null, after?.id ?? null, maxStops],
    );
  }
}

async function namingOverlap(
  { id, tourId, startsAt, endsAt }: StopRecord,
  write: Promise<unknown>,
): Promise<void> {
  await write.catch((error: unknown) => {
    throw isOverlap(error) ? new OverlapError(id, tourId, { startsAt, endsAt }) : error;
  });
}
