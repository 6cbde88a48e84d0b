import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { z } from 'zod';
import {
  Id,
  Instant,
  notFound,
  type Caller,
  type InputOf,
  type OutputOf,
  type Stop,
  type StopState,
  type listStops,
} from '#contracts';
import { UnitOfWork, cutPage, decodeCursor } from '#persistence';
import { TourEntity } from '../tours/tour.entity.js';
import { TourRepository } from '../tours/tour.repository.js';
import { StopEntity, recordOf } from './stop.entity.js';
import { fitting, keysOf } from './page.js';
import { stateOf, stopFor, type StopRecord } from './stop.js';
import { mayReadStop, viewerOf } from './viewer.js';

/** The place of a stop in its tour: all stops count, whoever asks, so that a stop has one number. */
const sequence = 'row_number() OVER (ORDER BY starts_at, id)';
const Cursor = z.tuple([Instant, Id]);

@Injectable()
export class StopReadsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tours: TourRepository,
  ) {}

  async get(caller: Caller, id: string): Promise<Stop> {
    const { manager } = this.unitOfWork.dataSource;
    const stop = await manager.findOneBy(StopEntity, { id });
    if (stop === null || !mayReadStop(caller, stop)) throw notFound('stop');
    return this.show(manager, recordOf(stop));
  }

  async list(caller: Caller, query: InputOf<typeof listStops>): Promise<OutputOf<typeof listStops>> {
    const [afterStart, afterId] = keysOf(Cursor, decodeCursor(query.cursor, 2)) ?? [];
    const { all, organizationId, stopId } = viewerOf(caller);
    const rows = (await this.unitOfWork.dataSource.query(
      `SELECT id, sequence::integer FROM (
          SELECT id, starts_at, organization_id, published, ${sequence} AS sequence FROM stops WHERE tour_id = $1
        ) AS stop
        WHERE (published OR $2 OR organization_id = $3 OR id = $4)
          AND ($5::timestamptz IS NULL OR (starts_at, id) > ($5, $6::uuid))
        ORDER BY starts_at, id LIMIT $7`,
      [query.tourId, all, organizationId, stopId, afterStart ?? null, afterId ?? null, query.limit + 1],
    )) as { id: string; sequence: number }[];
    // An empty list is right for a tour that the caller sees; any other is not there.
    if (rows.length === 0) await this.tours.get(caller, query.tourId);
    const stops = await this.showAll(rows);
    const limit = fitting(stops, query.limit);
    return cutPage(stops, limit, (stop) => [stop.startsAt, stop.id]);
  }

  /** The stop as answers show it, with its place in the tour. */
  async show(manager: EntityManager, stop: StopRecord): Promise<Stop> {
    const [row] = (await manager.query(
      'SELECT count(*)::integer AS sequence FROM stops WHERE tour_id = $1 AND (starts_at, id) <= ($2, $3::uuid)',
      [stop.tourId, stop.startsAt, stop.id],
    )) as { sequence: number }[];
    return stopFor(stop, row?.sequence ?? 1, new Date());
  }

  async findState(id: string): Promise<StopState | null> {
    if (!Id.safeParse(id).success) return null;
    const { manager } = this.unitOfWork.dataSource;
    const stop = await manager.findOneBy(StopEntity, { id });
    if (stop === null) return null;
    const tour = await manager.findOneByOrFail(TourEntity, { id: stop.tourId });
    return stateOf(recordOf(stop), tour.speakerTravelMinutes);
  }

  private async showAll(rows: { id: string; sequence: number }[]): Promise<Stop[]> {
    const stops = await this.unitOfWork.dataSource.manager.findBy(StopEntity, {
      id: In(rows.map((row) => row.id)),
    });
    const byId = new Map(stops.map((stop) => [stop.id, stop]));
    const now = new Date();
    return rows.flatMap((row) => {
      const stop = byId.get(row.id);
      return stop === undefined ? [] : [stopFor(recordOf(stop), row.sequence, now)];
    });
  }
}
