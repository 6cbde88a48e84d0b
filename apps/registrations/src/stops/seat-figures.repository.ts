import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '#persistence';
import { FailureLog, LOGGER, periodically, type Logger } from '#service';
import { seats } from '../metrics.js';

/** One row a stop is read for it, and a tour has hundreds of stops. */
const pauseMs = 5_000;

interface Row {
  status: string;
  capacity: number;
  confirmed: number;
  pending: number;
  waitlisted: number;
}

/** Shows how many seats there are and are taken. Every replica shows the same. */
@Injectable()
export class SeatFigures implements OnApplicationBootstrap, OnApplicationShutdown {
  private stop: () => Promise<void> = () => Promise.resolve();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
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
    const rows = (await this.database.query(
      `SELECT status,
              coalesce(sum(capacity), 0)::float8 AS capacity,
              coalesce(sum(confirmed_seats), 0)::float8 AS confirmed,
              coalesce(sum(pending_seats), 0)::float8 AS pending,
              coalesce(sum(waitlisted_seats), 0)::float8 AS waitlisted
         FROM unnest(ARRAY['draft', 'published', 'completed', 'cancelled']) AS status
              LEFT JOIN stops USING (status)
        GROUP BY status`,
    )) as Row[];
    for (const { status, ...figures } of rows) {
      for (const [state, count] of Object.entries(figures)) seats.set({ stop_status: status, state }, count);
    }
  }
}
