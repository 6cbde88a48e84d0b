import { Injectable } from '@nestjs/common';
import {
  getStopState,
  getTour,
  notFound,
  type EventEnvelope,
  type Localized,
  type StopState,
  type Tour,
} from '#contracts';
import { Rpc, type CallContext } from '#messaging';
import { Database, Inbox, UnitOfWork } from '#persistence';
import { StopProjectionRepository } from './stop-projection.repository.js';

/** Keeps and reads this service's copy of the stops. */
@Injectable()
export class StopProjectionService {
  /** Applies an event together with others that arrive at the same time. */
  readonly applyEvent: (event: EventEnvelope<StopState>) => Promise<void>;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    inbox: Inbox,
    private readonly rpc: Rpc,
    private readonly stops: StopProjectionRepository,
  ) {
    this.applyEvent = inbox.batched((manager, states: StopState[]) => stops.upsert(manager, states));
  }

  /**
   * The stop as this service knows it. One that is unknown here, or a draft as far as is known, is looked up at its
   * owner: it may have been published a moment ago.
   */
  async get(id: string): Promise<StopState> {
    const known = await this.stops.find(this.database, id);
    if (known?.published !== true) return this.getPresent(id);
    if (known.deleted === true) throw notFound('stop');
    return known;
  }

  /** The stop as it is at this moment at its owner, for decisions that rest on its times and state. */
  async getPresent(id: string): Promise<StopState> {
    const stop = await this.fetch(id);
    if (stop === null || stop.deleted === true) throw notFound('stop');
    return stop;
  }

  /** Whose tour it is. Its owner answers, as the caller may see it. */
  async organizationOf(call: CallContext, tourId: string): Promise<string> {
    return (await this.tourOf(call, tourId)).organizationId;
  }

  /** The tour's present name. Its owner answers, as the caller may see it. */
  async tourNameOf(call: CallContext, tourId: string): Promise<Localized> {
    return (await this.tourOf(call, tourId)).name;
  }

  /** The stops of a tour in order of their start. */
  listOfTour(tourId: string): Promise<StopState[]> {
    return this.stops.listOfTour(this.database, tourId);
  }

  private tourOf(call: CallContext, tourId: string): Promise<Tour> {
    const { idempotency: _idempotency, ifMatch: _ifMatch, ...plain } = call;
    return this.rpc.call(getTour, { id: tourId }, plain);
  }

  private async fetch(id: string): Promise<StopState | null> {
    const { stop } = await this.rpc.ask(getStopState, { id });
    if (stop !== null) await this.unitOfWork.transaction((manager) => this.stops.upsert(manager, [stop]));
    return stop;
  }
}
