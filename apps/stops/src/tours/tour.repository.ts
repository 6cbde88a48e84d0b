import { Injectable } from '@nestjs/common';
import type { Transaction, Reader } from '#persistence';
import type { Viewer } from '../stops/viewer.js';
import { TourEntity } from './tour.entity.js';
import type { TourRecord } from './tour.js';

/** The tours that a viewer sees: its organization's, and those of which a stop was ever published or is its own. */
const seen = `(:all OR tour.organizationId = :organizationId OR EXISTS (
  SELECT 1 FROM stops WHERE tour_id = tour.id AND (published OR stops.id = :stopId)))`;

/** The rows of tours. */
@Injectable()
export class TourRepository {
  async insert(manager: Transaction, tour: TourRecord): Promise<void> {
    await manager.insert(TourEntity, tour);
  }

  async update(manager: Transaction, tour: TourRecord): Promise<void> {
    await manager.update(TourEntity, { id: tour.id }, tour);
  }

  /** Fails where the tour has stops: their foreign key names it. */
  async delete(manager: Transaction, id: string): Promise<void> {
    await manager.delete(TourEntity, { id });
  }

  /** Locks a tour, as every change of it or of one of its stops does first. */
  lock(manager: Transaction, id: string): Promise<TourRecord | null> {
    return manager.findOne(TourEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  get(manager: Reader, id: string): Promise<TourRecord> {
    return manager.findOneByOrFail(TourEntity, { id });
  }

  findSeen(manager: Reader, viewer: Viewer, id: string): Promise<TourRecord | null> {
    return this.seenBy(manager, viewer).andWhere('tour.id = :id', { id }).getOne();
  }

  /** The tours that a viewer sees, oldest first, after one of them; where `ownOnly`, those of its organization. */
  listSeen(
    manager: Reader,
    viewer: Viewer,
    page: { ownOnly: boolean; afterId: string | null; maxTours: number },
  ): Promise<TourRecord[]> {
    const query = this.seenBy(manager, viewer).orderBy('tour.id').take(page.maxTours);
    if (page.afterId !== null) query.andWhere('tour.id > :afterId', { afterId: page.afterId });
    if (page.ownOnly) query.andWhere('tour.organizationId = :organizationId');
    return query.getMany();
  }

  private seenBy(manager: Reader, viewer: Viewer) {
    return manager.createQueryBuilder(TourEntity, 'tour').where(seen, { ...viewer });
  }
}
