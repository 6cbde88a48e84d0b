import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#persistence';
import { LOGGER, PeriodicJob, type Logger } from '#service';
import { seats } from '../metrics.js';
import { StopProjectionRepository } from './stop-projection.repository.js';

/** One row a stop is read for it, and a tour has hundreds of stops. */
const pauseMs = 5_000;

/** Shows how many seats there are and are taken. Every replica shows the same. */
@Injectable()
export class SeatMetrics extends PeriodicJob {
  constructor(
    private readonly database: Database,
    @Inject(LOGGER) logger: Logger,
    private readonly stops: StopProjectionRepository,
  ) {
    super(logger, { what: 'reading the figures of seats', pauseMs, firstRunAfterMs: 0 });
  }

  protected async run(): Promise<void> {
    for (const { status, ...figures } of await this.stops.sumSeats(this.database)) {
      for (const [state, count] of Object.entries(figures)) seats.set({ stop_status: status, state }, count);
    }
  }
}
