import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import {
  Id,
  formatInstant,
  notFound,
  stopChanged,
  tourChanged,
  type Caller,
  type InputOf,
  type OutputOf,
  type Tour,
  type createTour,
  type listTours,
  type updateTour,
} from '#contracts';
import type { CallContext } from '#messaging';
import {
  UnitOfWork,
  cutPage,
  decodeCursor,
  newId,
  refuseStaleVersion,
  type TransactionContext,
} from '#persistence';
import { difference } from '../stops/difference.js';
import { OverlapRepository } from '../stops/overlap.repository.js';
import { keysOf } from '../stops/page.js';
import { StopEntity, recordOf } from '../stops/stop.entity.js';
import { stateOf } from '../stops/stop.js';
import { viewerOf } from '../stops/viewer.js';
import { TourEntity } from './tour.entity.js';
import { newTour, patchTour, tourFor, type TourRecord } from './tour.js';

/** The tours that a viewer sees: its organization's, and those of which a stop was ever published or is its own. */
const seen = `(:all OR tour.organizationId = :organizationId OR EXISTS (
  SELECT 1 FROM stops WHERE tour_id = tour.id AND (published OR stops.id = :stopId)))`;

const Cursor = z.tuple([Id]);

@Injectable()
export class TourRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly overlaps: OverlapRepository,
  ) {}

  async create(call: CallContext, draft: InputOf<typeof createTour>['body']): Promise<Tour> {
    return this.unitOfWork.run(
      call,
      async (tx) => {
        const of = { id: newId(), organizationId: call.caller.organizationId ?? '' };
        const tour = newTour(of, draft, formatInstant(new Date()));
        await tx.manager.insert(TourEntity, tour);
        record(tx, 'tour.create', null, tour);
        return tourFor(tour);
      },
      (tour) => tour.id,
    );
  }

  async get(caller: Caller, id: string): Promise<Tour> {
    const tour = await this.query(caller).andWhere('tour.id = :id', { id }).getOne();
    if (tour === null) throw notFound('tour');
    return tourFor(tour);
  }

  /** An organizer lists the tours of its organization; everybody else those that are public. */
  async list(caller: Caller, query: InputOf<typeof listTours>): Promise<OutputOf<typeof listTours>> {
    const [afterId] = keysOf(Cursor, decodeCursor(query.cursor, 1)) ?? [];
    const found = this.query(caller)
      .orderBy('tour.id')
      .take(query.limit + 1);
    if (afterId !== undefined) found.andWhere('tour.id > :afterId', { afterId });
    if (caller.role === 'organizer') found.andWhere('tour.organizationId = :organizationId');
    const { items, nextCursor } = cutPage(await found.getMany(), query.limit, (tour) => [tour.id]);
    return { items: items.map(tourFor), nextCursor };
  }

  async update(call: CallContext, id: string, patch: InputOf<typeof updateTour>['body']): Promise<Tour> {
    const work = this.unitOfWork.run(
      call,
      async (tx) => {
        const tour = await lockOwnTour(tx.manager, call.caller, id);
        refuseStaleVersion(call, tour.version);
        const decided = patchTour(tour, patch);
        if (decided === tour) return tourFor(tour);
        const changed = { ...decided, updatedAt: formatInstant(new Date()), version: tour.version + 1 };
        await tx.manager.update(TourEntity, { id }, changed);
        record(tx, 'tour.update', tour, changed);
        if (changed.speakerTravelMinutes !== tour.speakerTravelMinutes) await passOnTravel(tx, tour, changed);
        return tourFor(changed);
      },
      () => id,
    );
    return work.catch((error: unknown) => this.overlaps.explainTour(error, id));
  }

  private query(caller: Caller) {
    return this.unitOfWork.dataSource.manager
      .createQueryBuilder(TourEntity, 'tour')
      .where(seen, { ...viewerOf(caller) });
  }
}

/**
 * Locks a tour of the caller's organization. Every change of a tour or of one of its stops begins here and so goes
 * one after the other: times, order and travel of the stops of a tour depend on each other.
 */
export async function lockOwnTour(manager: EntityManager, caller: Caller, id: string): Promise<TourRecord> {
  const tour = await manager.findOne(TourEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (tour === null || tour.organizationId !== caller.organizationId) throw notFound('tour');
  return tour;
}

/** Neighbours know the travel time from each stop, so each stop of the tour gets a new version that tells them. */
async function passOnTravel(tx: TransactionContext, before: TourRecord, after: TourRecord): Promise<void> {
  await tx.manager.query('UPDATE stops SET version = version + 1, updated_at = $2 WHERE tour_id = $1', [
    after.id,
    after.updatedAt,
  ]);
  for (const stop of await tx.manager.findBy(StopEntity, { tourId: after.id })) {
    tx.emit(stopChanged, stop.id, stateOf(recordOf(stop), after.speakerTravelMinutes));
    tx.audit({
      resourceType: 'stop',
      resourceId: stop.id,
      action: 'stop.follow_tour',
      organizationId: after.organizationId,
      before: { version: stop.version - 1, speakerTravelMinutes: before.speakerTravelMinutes },
      after: { version: stop.version, speakerTravelMinutes: after.speakerTravelMinutes },
    });
  }
}

function record(tx: TransactionContext, action: string, before: TourRecord | null, after: TourRecord): void {
  tx.emit(tourChanged, after.id, tourFor(after));
  tx.audit({
    resourceType: 'tour',
    resourceId: after.id,
    action,
    organizationId: after.organizationId,
    ...(before === null
      ? { before: null, after: tourFor(after) }
      : difference(tourFor(before), tourFor(after))),
  });
}
