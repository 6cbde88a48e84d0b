import { Injectable } from '@nestjs/common';
import { getStopState, notFound, systemCaller, type Call, type Localized, type StopState } from '#contracts';
import { Rpc } from '#messaging';
import { Database, UnitOfWork } from '#persistence';
import { carryTrace } from '#tracing';
import { SeatCommandQueue } from '../seating/seat-command.queue.js';
import { StopProjectionRepository } from './stop-projection.repository.js';
import { snapshotOf } from './stop-snapshot.js';

/** Stops remembered as known at most; beyond it the memory starts anew. */
const maxKnown = 100_000;

/** What people read of a stop. */
export interface DescribedStop {
  readonly name: Localized;
  readonly timeZone: string;
  readonly startsAt: Date;
}

/** Keeps this service's copy of the stops. */
@Injectable()
export class StopProjectionService {
  /** Stops never vanish, so once one was seen nobody need ask again. */
  private readonly known = new Set<string>();
  private readonly fetches = new Map<string, Promise<void>>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly rpc: Rpc,
    private readonly queue: SeatCommandQueue,
    private readonly stops: StopProjectionRepository,
  ) {}

  /** Makes sure that the stop is known here, fetching it where its event has not arrived yet. @throws Problem where there is none */
  async require(stopId: string): Promise<void> {
    if (this.known.has(stopId)) return;
    if ((await this.findVersion(stopId)) === undefined) await this.fetch(stopId);
    if (this.known.size >= maxKnown) this.known.clear();
    this.known.add(stopId);
  }

  /** How a stop shows itself to people; fetched where its last event came before this was stored. */
  async describe(stopId: string): Promise<DescribedStop> {
    const known = await this.stops.find(this.database, stopId);
    if (known?.name && known.timeZone) {
      const { name, timeZone, startsAt } = known;
      return { name, timeZone, startsAt };
    }
    const { stop } = await this.rpc.ask(getStopState, { id: stopId });
    if (stop === null) throw notFound('stop');
    return { name: stop.name, timeZone: stop.timeZone, startsAt: new Date(stop.startsAt) };
  }

  /** Brings the projection up to a version at least. */
  async catchUp(stopId: string, version: number): Promise<void> {
    if (((await this.findVersion(stopId)) ?? 0) < version) await this.fetch(stopId);
  }

  /** Takes over a state of the stop unless a newer one is here: so events may come twice and in any order. */
  async apply(state: StopState): Promise<void> {
    const isNew = await this.unitOfWork.transaction((manager) => this.stops.insert(manager, state));
    if (isNew) return;
    const { cancelReason } = state;
    const command = { kind: 'stopChanged', stop: snapshotOf(state), cancelReason } as const;
    await this.queue.submit({ stopId: state.id, command, call: ownCall(), stopState: state });
  }

  /** Fetches the present state. Requests that miss the same stop share one question. */
  fetch(stopId: string): Promise<void> {
    const running = this.fetches.get(stopId);
    if (running !== undefined) return running;
    const fetching = this.fetchOnce(stopId).finally(() => this.fetches.delete(stopId));
    this.fetches.set(stopId, fetching);
    return fetching;
  }

  private async fetchOnce(stopId: string): Promise<void> {
    const { stop } = await this.rpc.ask(getStopState, { id: stopId });
    if (stop === null) throw notFound('stop');
    await this.apply(stop);
  }

  private findVersion(stopId: string): Promise<number | undefined> {
    return this.stops.findVersion(this.database, stopId);
  }
}

/** What follows from another service's change is done in the system's own name, however long it takes. */
function ownCall(): Call {
  return carryTrace<Call>({ caller: systemCaller, requestId: 'stop-changed', deadlineMs: Infinity });
}
