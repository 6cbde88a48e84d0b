import { Injectable } from '@nestjs/common';
import { MoreThan, type EntityManager } from 'typeorm';
import { ReleaseEntity } from './release.entity.js';

/** A release without its contents. */
export type ReleaseSummary = Pick<ReleaseEntity, 'stopId' | 'version' | 'publishedAt' | 'note' | 'changes'>;

/** The rows of releases, which are only ever added. */
@Injectable()
export class ReleaseRepository {
  async insert(manager: EntityManager, release: ReleaseEntity): Promise<void> {
    await manager.insert(ReleaseEntity, release);
  }

  find(manager: EntityManager, stopId: string, version: number): Promise<ReleaseEntity | null> {
    return manager.findOneBy(ReleaseEntity, { stopId, version });
  }

  /** In the order of their numbers. */
  list(manager: EntityManager, stopId: string, after: number, take: number): Promise<ReleaseSummary[]> {
    return manager.find(ReleaseEntity, {
      select: { stopId: true, version: true, publishedAt: true, note: true, changes: true },
      where: { stopId, version: MoreThan(after) },
      order: { version: 'ASC' },
      take,
    });
  }
}
