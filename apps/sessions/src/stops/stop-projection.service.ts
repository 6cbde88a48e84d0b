import { Injectable } from '@nestjs/common';
import { getStopState, notFound, type StopState } from '#contracts';
import { Rpc } from '#messaging';
import { UnitOfWork, Database } from '#persistence';
import type { StopProjectionEntity } from './stop-projection.entity.js';
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

  find(id: string): Promise<StopProjectionEntity | null> {
    return this.stops.find(this.database, id);
  }

  /** The stop as this service knows it; one whose event has not arrived yet is fetched from its owner. */
  async get(id: string): Promise<StopProjectionEntity> {
    const stop = (await this.find(id)) ?? (await this.fetch(id));
    if (stop === null || stop.state.deleted === true) throw notFound('stop');
    return stop;
  }

  /** The stop's present state at its owner. */
  async fetchState(id: string): Promise<StopState | null> {
    const { stop } = await this.rpc.ask(getStopState, { id });
    return stop;
  }

  /** A stop that is new here has no sessions yet, so there is nothing that could follow its moves. */
  private async fetch(id: string): Promise<StopProjectionEntity | null> {
    const state = await this.fetchState(id);
    if (state === null) return null;
    await this.unitOfWork.transaction((manager) =>
      this.stops.insert(manager, state, state.status === 'cancelled' ? new Date() : null),
    );
    return this.find(id);
  }
}
