import { Injectable } from '@nestjs/common';
import {
  Problem,
  formatInstant,
  notFound,
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
  decodeIdCursor,
  newId,
  refuseStaleVersion,
  Database,
  violatedConstraint,
  type TransactionContext,
} from '#persistence';
import { changedFields } from '../stops/changed-fields.js';
import { OverlapRepository } from '../stops/overlap.repository.js';
import { countFitting } from '../stops/page-size.js';
import { tourKey } from '../stops/stop.repository.js';
import { StopService } from '../stops/stop.service.js';
import { viewerOf } from '../stops/viewer.js';
import { TourRepository } from './tour.repository.js';
import { UnscheduledSessions } from './unscheduled.service.js';
import { newTour, patchTour, presentTour, type TourRecord } from './tour.js';

/** What callers read and change of tours. */
@Injectable()
export class TourService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly tours: TourRepository,
    private readonly stops: StopService,
    private readonly overlaps: OverlapRepository,
    private readonly unscheduled: UnscheduledSessions,
  ) {}

  async create(call: CallContext, draft: InputOf<typeof createTour>['body']): Promise<Tour> {
    return this.unitOfWork.run(
      call,
      async (tx) => {
        const of = { id: newId(), organizationId: call.caller.organizationId ?? '' };
        const tour = newTour(of, draft, formatInstant(new Date()));
        await this.tours.insert(tx.manager, tour);
        record(tx, 'tour.create', null, tour);
        return presentTour(tour);
      },
      (tour) => tour.id,
    );
  }

  async get(caller: Caller, id: string): Promise<Tour> {
    const tour = await this.tours.findSeen(this.database, viewerOf(caller), id);
    if (tour === null) throw notFound('tour');
    return presentTour(tour);
  }

  /** An organizer lists the tours of its organization; everybody else those that are public. */
  async list(caller: Caller, query: InputOf<typeof listTours>): Promise<OutputOf<typeof listTours>> {
    const found = await this.tours.listSeen(this.database, viewerOf(caller), {
      ownOnly: caller.role === 'organizer',
      afterId: decodeIdCursor(query.cursor),
      maxTours: query.limit + 1,
    });
    const tours = found.map(presentTour);
    return cutPage(tours, countFitting(tours, query.limit), (tour) => [tour.id]);
  }

  /** Another travel time may take sessions their places; the answer names them. */
  async update(
    call: CallContext,
    id: string,
    patch: InputOf<typeof updateTour>['body'],
  ): Promise<OutputOf<typeof updateTour>> {
    const { tour, raised } = await this.patch(call, id, patch);
    const unscheduledSessions = await this.unscheduled.by(raised, call.requestId);
    if (unscheduledSessions.length === 0) return tour;
    const { version, ...shown } = tour;
    return { ...shown, unscheduledSessions, version };
  }

  /** @returns the tour, and the stops that it gave a new version */
  private async patch(
    call: CallContext,
    id: string,
    patch: InputOf<typeof updateTour>['body'],
  ): Promise<{ tour: Tour; raised: readonly { id: string; version: number }[] }> {
    let raised: readonly { id: string; version: number }[] = [];
    const work = this.unitOfWork.run(
      call,
      async (tx) => {
        const tour = await this.lock(tx, call, id);
        refuseStaleVersion(call, tour.version);
        const decided = patchTour(tour, patch);
        if (decided === tour) return presentTour(tour);
        const changed = { ...decided, updatedAt: formatInstant(new Date()), version: tour.version + 1 };
        await this.tours.update(tx.manager, changed);
        record(tx, 'tour.update', tour, changed);
        if (changed.speakerTravelMinutes !== tour.speakerTravelMinutes)
          raised = await this.stops.followTravelTime(tx, tour, changed);
        return presentTour(changed);
      },
      () => id,
    );
    const tour = await work.catch((error: unknown) => this.overlaps.explainTour(error, id));
    return { tour, raised };
  }

  async delete(call: CallContext, id: string): Promise<null> {
    const work = this.unitOfWork.run(call, async (tx) => {
      const tour = await this.lock(tx, call, id);
      refuseStaleVersion(call, tour.version);
      await this.tours.delete(tx.manager, id);
      tx.emit(tourChanged, id, { ...presentTour(tour), deleted: true, version: tour.version + 1 });
      tx.audit({
        resourceType: 'tour',
        resourceId: id,
        action: 'tour.delete',
        organizationId: tour.organizationId,
        before: presentTour(tour),
        after: null,
      });
      return null;
    });
    return work.catch(refuseWithStops);
  }

  private async lock(tx: TransactionContext, { caller }: CallContext, id: string): Promise<TourRecord> {
    const tour = await this.tours.lock(tx.manager, id);
    if (tour === null || tour.organizationId !== caller.organizationId) throw notFound('tour');
    return tour;
  }
}

function record(tx: TransactionContext, action: string, before: TourRecord | null, after: TourRecord): void {
  tx.emit(tourChanged, after.id, presentTour(after));
  tx.audit({
    resourceType: 'tour',
    resourceId: after.id,
    action,
    organizationId: after.organizationId,
    ...(before === null
      ? { before: null, after: presentTour(after) }
      : changedFields(presentTour(before), presentTour(after))),
  });
}

function refuseWithStops(error: unknown): never {
  if (violatedConstraint(error) !== tourKey) throw error;
  throw new Problem('tour.not_empty', 'The tour has stops. Delete its drafts first; published stops stay.');
}
