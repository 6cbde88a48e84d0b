import { Injectable } from '@nestjs/common';
import type { EventOf, StopState, stopChanged } from '#contracts';
import { Database, Inbox, UnitOfWork, type TransactionContext } from '#persistence';
import { StopProjectionRepository } from '../stops/stop-projection.repository.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { asSystem } from '../system-transaction.js';
import { MeetingAdjustment } from './meeting-adjustment.service.js';

/** Applies each new state of a stop: to this service's copy, and to the meetings of the stop. */
@Injectable()
export class StopChangeService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly inbox: Inbox,
    private readonly knownStops: StopProjectionService,
    private readonly stops: StopProjectionRepository,
    private readonly meetings: MeetingAdjustment,
  ) {}

  async applyEvent(event: EventOf<typeof stopChanged>): Promise<void> {
    await this.inbox.once(event, (manager, recorded) => this.apply(asSystem(manager, recorded), event.data));
  }

  /** Brings the copy to at least this version, now. */
  async catchUp(id: string, version: number): Promise<void> {
    const known = await this.stops.find(this.database, id);
    if (known !== null && known.state.version >= version) return;
    const state = await this.knownStops.fetchState(id);
    if (state === null) return;
    await this.unitOfWork.transaction((manager, recorded) => this.apply(asSystem(manager, recorded), state));
  }

  /** Events and catch-up requests both end here; an older state than the known one changes nothing. */
  private async apply(tx: TransactionContext, state: StopState): Promise<void> {
    const { manager } = tx;
    if (await this.stops.insert(manager, state)) return;
    const before = await this.stops.lock(manager, state.id, 'UPDATE');
    if (state.version <= before.state.version) return;
    await this.stops.update(manager, state);
    await this.meetings.adjust(tx, before, state);
  }
}
