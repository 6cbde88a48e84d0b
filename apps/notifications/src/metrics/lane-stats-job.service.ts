import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#persistence';
import { LOGGER, PeriodicJob, type Logger } from '#service';
import { deliveriesWaiting, lanesByState, oldestDelivery } from './delivery.metrics.js';
import { LaneStatsRepository } from './lane-stats.repository.js';

const pauseMs = 15_000;

/** Exports the state of lanes as metrics. */
@Injectable()
export class LaneStatsJob extends PeriodicJob {
  constructor(
    private readonly database: Database,
    private readonly stats: LaneStatsRepository,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger, { what: 'counting deliveries', pauseMs, firstRunAfterMs: 0 });
  }

  protected async run(): Promise<void> {
    for (const { channel, up, down, waiting, oldestSeconds } of await this.stats.read(this.database)) {
      lanesByState.set({ channel, state: 'up' }, up);
      lanesByState.set({ channel, state: 'down' }, down);
      deliveriesWaiting.set({ channel }, waiting);
      oldestDelivery.set({ channel }, oldestSeconds);
    }
  }
}
