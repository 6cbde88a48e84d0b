import { Injectable } from '@nestjs/common';
import { getStopState, getTour, notFound, type Localized, type StopState } from '#contracts';
import { Rpc, type CallContext } from '#messaging';
import { Database, UnitOfWork } from '#persistence';
import { StopProjectionRepository } from './stop-projection.repository.js';

/** Reads this service's copy of the stops. */
@Injectable()
export class StopProjectionService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly rpc: Rpc,
    private readonly stops: StopProjectionRepository,
  ) {}

  /** The stop as this service knows it; one whose event has not arrived yet is fetched from its owner. */
  async get(id: string): Promise<StopState> {
    const stop = (await this.stops.find(this.database, id))?.state ?? (await this.fetch(id));
    if (stop === null || stop.deleted === true) throw notFound('stop');
    return stop;
  }

  /** The stop's present state at its owner. */
  async fetchState(id: string): Promise<StopState | null> {
    const { stop } = await this.rpc.ask(getStopState, { id });
    return stop;
  }

  /** Whose tour it is. A tour without stops is known to its owner alone, who answers as the caller may see it. */
  async organizationOf(call: CallContext, tourId: string): Promise<string> {
    const known = await this.stops.findOrganization(this.database, tourId);
    return known ?? (await this.describeTour(call, tourId)).organizationId;
  }

  /** A tour as its owner shows it to the caller. */
  async describeTour(
    call: CallContext,
    tourId: string,
  ): Promise<{ organizationId: string; name: Localized }> {
    const { idempotency: _idempotency, ifMatch: _ifMatch, ...plain } = call;
    return this.rpc.call(getTour, { id: tourId }, plain);
  }

  private async fetch(id: string): Promise<StopState | null> {
    const state = await this.fetchState(id);
    if (state !== null) await this.unitOfWork.transaction((manager) => this.stops.insert(manager, state));
    return state;
  }
}
