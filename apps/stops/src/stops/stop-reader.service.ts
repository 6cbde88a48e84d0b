import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import {
  Id,
  Instant,
  notFound,
  type Caller,
  type InputOf,
  type OutputOf,
  type Stop,
  type StopState,
  type listStops,
} from '#contracts';
import { cutPage, readCursor, Database } from '#persistence';
import { countFitting } from './page-size.js';
import { ParentTourRepository } from './parent-tour.repository.js';
import { presentStop, stateOf } from './stop.js';
import { StopRepository } from './stop.repository.js';
import { mayReadStop, viewerOf } from './viewer.js';

const Cursor = z.tuple([Instant, Id]);

/** What callers and other services read of stops. */
@Injectable()
export class StopReader {
  constructor(
    private readonly database: Database,
    private readonly stops: StopRepository,
    private readonly tours: ParentTourRepository,
  ) {}

  async get(caller: Caller, id: string): Promise<Stop> {
    const stop = await this.stops.find(this.manager, id);
    if (stop === null || !mayReadStop(caller, stop)) throw notFound('stop');
    return presentStop(stop, await this.stops.sequenceOf(this.manager, stop), new Date());
  }

  async list(caller: Caller, query: InputOf<typeof listStops>): Promise<OutputOf<typeof listStops>> {
    const { tourId, limit } = query;
    const [startsAt, id] = readCursor(Cursor, query.cursor) ?? [];
    const after = startsAt === undefined || id === undefined ? null : { startsAt, id };
    const rows = await this.stops.listOfTour(this.manager, tourId, viewerOf(caller), after, limit + 1);
    // An empty list is right for a tour that the caller sees; any other is not there.
    if (rows.length === 0) await this.tours.refuseUnseen(this.manager, caller, tourId);
    const stops = await this.present(rows);
    return cutPage(stops, countFitting(stops, limit), (stop) => [stop.startsAt, stop.id]);
  }

  async findState(id: string): Promise<StopState | null> {
    if (!Id.safeParse(id).success) return null;
    const stop = await this.stops.find(this.manager, id);
    return stop && stateOf(stop, await this.tours.travelMinutesOf(this.manager, stop.tourId));
  }

  private async present(rows: readonly { id: string; sequence: number }[]): Promise<Stop[]> {
    const ids = rows.map((row) => row.id);
    const stops = new Map((await this.stops.findAll(this.manager, ids)).map((stop) => [stop.id, stop]));
    const now = new Date();
    return rows.flatMap(({ id, sequence }) => {
      const stop = stops.get(id);
      return stop === undefined ? [] : [presentStop(stop, sequence, now)];
    });
  }

  private get manager() {
    return this.database;
  }
}
