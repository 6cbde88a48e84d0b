import { Injectable } from '@nestjs/common';
import {
  isOrganizerOf,
  refuseHiddenStop,
  type Caller,
  type StopResults,
  type TourStatistics,
} from '#contracts';
import type { CallContext } from '#messaging';
import { Database } from '#persistence';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { CountsRepository } from './counts.repository.js';
import { resultsOf, withoutSmallCounts } from './results.js';

/** The figures of stops and tours: exact for their organizers, without small counts for all others. */
@Injectable()
export class StatisticsService {
  constructor(
    private readonly database: Database,
    private readonly stops: StopProjectionService,
    private readonly counts: CountsRepository,
  ) {}

  async ofStop(caller: Caller, stopId: string): Promise<StopResults> {
    const stop = await this.stops.get(stopId);
    refuseHiddenStop(caller, stop);
    const results = resultsOf(await this.counts.ofStop(this.database, stop.tourId, stopId));
    return isOrganizerOf(caller, stop) ? results : withoutSmallCounts(results);
  }

  async ofTour(call: CallContext, tourId: string): Promise<TourStatistics> {
    const organizationId = await this.stops.organizationOf(call, tourId);
    const seesAll = isOrganizerOf(call.caller, { organizationId });
    const shown = (results: StopResults) => (seesAll ? results : withoutSmallCounts(results));
    const stops = (await this.stops.listOfTour(tourId)).filter(({ published }) => seesAll || published);
    const ids = stops.map(({ id }) => id);
    const each = await Promise.all(
      ids.map(async (stopId) => ({
        stopId,
        ...shown(resultsOf(await this.counts.ofStop(this.database, tourId, stopId))),
      })),
    );
    const whole = resultsOf(await this.counts.ofTour(this.database, tourId, ids));
    return { ...shown(whole), stops: each };
  }
}
