import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '#persistence';
import { FailureLog, LOGGER, periodically, type Logger } from '#service';
import { deliveriesWaiting, lanesByState, oldestDelivery } from './delivery.metrics.js';
import { LaneStatsRepository } from './lane-stats.repository.js';

const pauseMs = 15_000;

/** Shows how lanes are, for whoever reads the metrics. */
@Injectable()
export class LaneStatsJob implements OnApplicationBootstrap, OnApplicationShutdown {
  private stop: () => Promise<void> = () => Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly stats: LaneStatsRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const failures = new FailureLog(this.logger, 'counting deliveries');
    this.stop = periodically(
      pauseMs,
      () => this.show().then(() => failures.recovered()),
      (error) => failures.failed(error),
      0,
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  private async show(): Promise<void> {
    for (const { channel, up, down, waiting, oldestSeconds } of await this.stats.read(this.database)) {
      lanesByState.set({ channel, state: 'up' }, up);
      lanesByState.set({ channel, state: 'down' }, down);
      deliveriesWaiting.set({ channel }, waiting);
      oldestDelivery.set({ channel }, oldestSeconds);
    }
  }
}
