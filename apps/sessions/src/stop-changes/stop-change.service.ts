import { Injectable } from '@nestjs/common';
import {
  stopChanged,
  systemCaller,
  type Call,
  type EventOf,
  type StopState,
  type UnscheduledSession,
} from '#contracts';
import { Database, Inbox, UnitOfWork, type TransactionContext } from '#persistence';
import { SessionRepository } from '../sessions/session.repository.js';
import { StopProjectionRepository } from '../stops/stop-projection.repository.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { ProgrammeAdjustment } from './programme-adjustment.service.js';

type Manager = TransactionContext['manager'];
type Recorded = Parameters<Parameters<Inbox['once']>[1]>[1];

/** No caller asked for what sessions follow from a stop: the audit names the installation itself. */
const systemCall: Call = { caller: systemCaller, requestId: 'internal', deadlineMs: Infinity };

/** Applies each new state of a stop: to this service's copy, and to the sessions of the stop. */
@Injectable()
export class StopChangeService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly inbox: Inbox,
    private readonly knownStops: StopProjectionService,
    private readonly stops: StopProjectionRepository,
    private readonly sessions: SessionRepository,
    private readonly programme: ProgrammeAdjustment,
  ) {}

  async applyEvent(event: EventOf<typeof stopChanged>): Promise<void> {
    await this.inbox.once(event, (manager, recorded) => this.apply(manager, recorded, event.data));
  }

  /**
   * Brings the copy to at least this version, now.
   * @returns the sessions that this version took their places, also where its event has been applied already
   */
  async catchUp(id: string, version: number): Promise<UnscheduledSession[]> {
    const known = await this.knownStops.find(id);
    if (known === null || known.version < version) {
      const state = await this.knownStops.fetchState(id);
      if (state === null) return [];
      await this.unitOfWork.transaction((manager, recorded) => this.apply(manager, recorded, state));
    }
    return this.sessions.findUnscheduledBy(this.database, id, version);
  }

  /** Events and catch-up requests both end here; an older state than the known one changes nothing. */
  private async apply(manager: Manager, recorded: Recorded, state: StopState): Promise<void> {
    const isCancelled = state.status === 'cancelled';
    if (await this.stops.insert(manager, state, isCancelled ? new Date() : null)) return;
    const before = await this.stops.lock(manager, state.id, 'pessimistic_write');
    if (state.version <= before.version) return;
    await this.stops.update(manager, state, isCancelled ? (before.cancelledAt ?? new Date()) : null);
    await this.programme.adjust(asSystem(manager, recorded), before, state);
  }
}

function asSystem(manager: Manager, recorded: Recorded): TransactionContext {
  return {
    manager,
    emit: (contract, aggregateId, data) => recorded.emit(contract, aggregateId, data),
    audit: (entry) => recorded.audit(systemCall, entry),
  };
}
