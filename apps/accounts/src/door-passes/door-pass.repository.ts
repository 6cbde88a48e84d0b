import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { Reader, Transaction } from '#persistence';
import { DoorPassEntity } from './door-pass.entity.js';
import type { DoorPassRecord } from './door-pass.js';

/** Whose passes for which stop. */
export interface DoorPassScope {
  organizationId: string;
  stopId: string;
}

/** The rows of door passes. A deleted one keeps its row, so that its phone is still recognized. */
@Injectable()
export class DoorPassRepository {
  async insert(manager: Transaction, pass: DoorPassRecord): Promise<void> {
    await manager.insert(DoorPassEntity, pass);
  }

  list(
    manager: Reader,
    scope: DoorPassScope,
    afterId: string | null,
    maxPasses: number,
  ): Promise<DoorPassRecord[]> {
    const query = manager
      .createQueryBuilder(DoorPassEntity, 'pass')
      .where({ ...scope, deletedAt: IsNull() })
      .orderBy('pass.id')
      .take(maxPasses);
    if (afterId !== null) query.andWhere('pass.id > :afterId', { afterId });
    return query.getMany();
  }

  lock(manager: Transaction, scope: DoorPassScope, id: string): Promise<DoorPassRecord | null> {
    return manager.findOne(DoorPassEntity, {
      where: { ...scope, id, deletedAt: IsNull() },
      lock: { mode: 'pessimistic_write' },
    });
  }

  lockByHash(manager: Transaction, passHash: string): Promise<DoorPassRecord | null> {
    return manager.findOne(DoorPassEntity, {
      where: { passHash, deletedAt: IsNull() },
      lock: { mode: 'pessimistic_write' },
    });
  }

  find(manager: Reader, id: string): Promise<DoorPassRecord | null> {
    return manager.findOneBy(DoorPassEntity, { id });
  }

  async update(
    manager: Transaction,
    id: string,
    change: Partial<Pick<DoorPassRecord, 'usedAt' | 'deletedAt'>>,
  ): Promise<void> {
    await manager.update(DoorPassEntity, { id }, change);
  }

  /** Lets the passes of a stop follow its newer state. @returns the passes that changed */
  async follow(
    manager: Transaction,
    { stopId, stopVersion, expiresAt }: Pick<DoorPassRecord, 'stopId' | 'stopVersion' | 'expiresAt'>,
  ): Promise<string[]> {
    const [rows] = (await manager.query(
      `UPDATE door_passes SET expires_at = $3, stop_version = $2
        WHERE stop_id = $1 AND stop_version < $2 AND deleted_at IS NULL RETURNING id`,
      [stopId, stopVersion, expiresAt],
    )) as [{ id: string }[], number];
    return rows.map(({ id }) => id);
  }
}
