import { Injectable } from '@nestjs/common';
import type { StopState } from '#contracts';
import type { Transaction, Reader } from '#persistence';
import { StopProjectionEntity } from './stop-projection.entity.js';

/** The rows of this service's copy of the stops. */
@Injectable()
export class StopProjectionRepository {
  find(manager: Reader, id: string): Promise<StopProjectionEntity | null> {
    return manager.findOneBy(StopProjectionEntity, { id });
  }

  /** Locks a known stop: for share while its programme grows, for update while places or releases are decided. */
  lock(
    manager: Transaction,
    id: string,
    mode: 'pessimistic_read' | 'pessimistic_write',
  ): Promise<StopProjectionEntity> {
    return manager.findOneOrFail(StopProjectionEntity, { where: { id }, lock: { mode } });
  }

  /** @returns false for a stop that is known already, which is left as it is */
  async insert(manager: Transaction, state: StopState, cancelledAt: Date | null): Promise<boolean> {
    const inserted = (await manager.query(
      `INSERT INTO stops (id, organization_id, state, version, moves_applied, cancelled_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING RETURNING 1`,
      [state.id, state.organizationId, JSON.stringify(state), state.version, state.moves.length, cancelledAt],
    )) as unknown[];
    return inserted.length > 0;
  }

  /** Replaces the state, with all of its moves counted as applied. */
  async update(manager: Transaction, state: StopState, cancelledAt: Date | null): Promise<void> {
    const { id, version, moves } = state;
    await manager.update(
      StopProjectionEntity,
      { id },
      { state, version, movesApplied: moves.length, cancelledAt },
    );
  }

  async setLastRelease(manager: Transaction, id: string, lastRelease: number): Promise<void> {
    await manager.update(StopProjectionEntity, { id }, { lastRelease });
  }

  /** Whether any stop of the organization has this room. */
  async hasRoom(manager: Transaction, organizationId: string, roomId: string): Promise<boolean> {
    const found = (await manager.query(
      `SELECT 1 FROM stops WHERE organization_id = $1 AND state->'rooms' @> $2::jsonb LIMIT 1`,
      [organizationId, JSON.stringify([{ id: roomId }])],
    )) as unknown[];
    return found.length > 0;
  }
}
