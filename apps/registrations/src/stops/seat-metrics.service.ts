import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '#persistence';
import { FailureLog, LOGGER, periodically, type Logger } from '#service';
import { seats } from '../metrics.js';
import { StopProjectionRepository } from './stop-projection.repository.js';

/** One row a stop is read for it, and a tour has hundreds of stops. */
const pauseMs = 5_000;

/** Shows how many seats there are and are taken. Every replica shows the same. */
@Injectable()
export class SeatMetrics implements OnApplicationBootstrap, OnApplicationShutdown {
  private stop: () => Promise<void> = () => Promise.resolve();

  constructor(
    private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly stops: StopProjectionRepository,
  ) {}

  onApplicationBootstrap(): void {
    const log = new FailureLog(this.logger, 'reading the figures of seats');
    const show = () => this.show().then(() => log.recovered());
    this.stop = periodically(pauseMs, show, (error) => log.failed(error), 0);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  private async show(): Promise<void> {
    for (const { status, ...figures } of await this.stops.sumSeats(this.database)) {
      for (const [state, count] of Object.entries(figures)) seats.set({ stop_status: status, state }, count);
    }
  }
}
