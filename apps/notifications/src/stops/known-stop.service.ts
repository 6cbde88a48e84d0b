import { Injectable } from '@nestjs/common';
import { getStopState } from '#contracts';
import { Rpc } from '#messaging';
import { Database, UnitOfWork } from '#persistence';
import type { KnownStop } from './known-stop.js';
import { KnownStopRepository } from './known-stop.repository.js';

/** Stops kept in memory at most: they never change. */
const maxKept = 10_000;

/** Knows whose each stop is. */
@Injectable()
export class KnownStopService {
  private readonly kept = new Map<string, KnownStop>();

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly rpc: Rpc,
    private readonly stops: KnownStopRepository,
  ) {}

  /**
   * The stops with these ids; those whose event has not arrived yet are asked for. One that does not exist is missing.
   * Never called inside a transaction.
   */
  async findAll(ids: Iterable<string>): Promise<ReadonlyMap<string, KnownStop>> {
    const wanted = new Set(ids);
    const missing = [...wanted].filter((id) => !this.kept.has(id));
    if (missing.length > 0) {
      const stored = await this.stops.find(this.database, missing);
      this.keep(stored);
      const unknown = missing.filter((id) => !this.kept.has(id));
      const fetched = (await Promise.all(unknown.map((id) => this.fetch(id)))).filter(
        (stop) => stop !== null,
      );
      if (fetched.length > 0)
        await this.unitOfWork.transaction((manager) => this.stops.insert(manager, fetched));
      this.keep(fetched);
    }
    return new Map(
      [...wanted].flatMap((id) => {
        const stop = this.kept.get(id);
        return stop === undefined ? [] : [[id, stop]];
      }),
    );
  }

  private async fetch(id: string): Promise<KnownStop | null> {
    const { stop } = await this.rpc.ask(getStopState, { id });
    return stop && { stopId: stop.id, organizationId: stop.organizationId, tourId: stop.tourId };
  }

  private keep(stops: readonly KnownStop[]): void {
    if (this.kept.size + stops.length > maxKept) this.kept.clear();
    for (const stop of stops) this.kept.set(stop.stopId, stop);
  }
}
