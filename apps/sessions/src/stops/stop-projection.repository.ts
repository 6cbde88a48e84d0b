import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  getStopState,
  notFound,
  stopChanged,
  systemCaller,
  type Call,
  type EventOf,
  type StopState,
} from '#contracts';
import { Rpc } from '#messaging';
import { Inbox, UnitOfWork, type TransactionContext } from '#persistence';
import { FollowStopRepository } from '../sessions/follow-stop.repository.js';
import { StopProjectionEntity } from './stop-projection.entity.js';

type Recorded = Parameters<Parameters<Inbox['once']>[1]>[1];

/** What sessions follow from a stop is nobody's request: the audit names the installation itself. */
const systemCall: Call = { caller: systemCaller, requestId: 'internal', deadlineMs: Infinity };

/** This service's copy of the stops, and what its sessions do when one changes. */
@Injectable()
export class StopProjectionRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly inbox: Inbox,
    private readonly rpc: Rpc,
    private readonly followers: FollowStopRepository,
  ) {}

  /** Applies an event. */
  async applyEvent(event: EventOf<typeof stopChanged>): Promise<void> {
    await this.inbox.once(event, (manager, recorded) => this.apply(manager, recorded, event.data));
  }

  /** Brings the copy to at least this version, now. */
  async catchUp(id: string, version: number): Promise<void> {
    const known = await this.unitOfWork.dataSource.manager.findOneBy(StopProjectionEntity, { id });
    if (known === null || known.version < version) await this.fetch(id);
  }

  /** The stop as this service knows it; one whose event has not arrived yet is fetched from its owner. */
  async get(id: string): Promise<StopProjectionEntity> {
    const { manager } = this.unitOfWork.dataSource;
    const known = await manager.findOneBy(StopProjectionEntity, { id });
    if (known !== null) return known;
    await this.fetch(id);
    const fetched = await manager.findOneBy(StopProjectionEntity, { id });
    if (fetched === null) throw notFound('stop');
    return fetched;
  }

  /** Locks a known stop: for share while its programme grows, for update while places or releases are decided. */
  lock(
    manager: EntityManager,
    id: string,
    mode: 'pessimistic_read' | 'pessimistic_write',
  ): Promise<StopProjectionEntity> {
    return manager.findOneOrFail(StopProjectionEntity, { where: { id }, lock: { mode } });
  }

  private async fetch(id: string): Promise<void> {
    const { stop } = await this.rpc.ask(getStopState, { id });
    if (stop !== null) {
      await this.unitOfWork.transaction((manager, recorded) => this.apply(manager, recorded, stop));
    }
  }

  /** The one way in which a state gets here, whoever brings it; an older one than known changes nothing. */
  private async apply(manager: EntityManager, recorded: Recorded, state: StopState): Promise<void> {
    if (await this.insert(manager, state)) return;
    const before = await this.lock(manager, state.id, 'pessimistic_write');
    if (state.version <= before.version) return;
    const cancelledAt = state.status === 'cancelled' ? (before.cancelledAt ?? new Date()) : null;
    await manager.update(
      StopProjectionEntity,
      { id: state.id },
      { state, version: state.version, movesApplied: state.moves.length, cancelledAt },
    );
    await this.followers.follow(asSystem(manager, recorded), before, state);
  }

  /** A stop that is new here has no sessions yet, so there is nothing that could follow its moves. */
  private async insert(manager: EntityManager, state: StopState): Promise<boolean> {
    const inserted = (await manager.query(
      `INSERT INTO stops (id, organization_id, state, version, moves_applied, cancelled_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING RETURNING 1`,
      [
        state.id,
        state.organizationId,
        JSON.stringify(state),
        state.version,
        state.moves.length,
        state.status === 'cancelled' ? new Date() : null,
      ],
    )) as unknown[];
    return inserted.length > 0;
  }
}

function asSystem(manager: EntityManager, recorded: Recorded): TransactionContext {
  return {
    manager,
    emit: (contract, aggregateId, data) => recorded.emit(contract, aggregateId, data),
    audit: (entry) => recorded.audit(systemCall, entry),
  };
}
