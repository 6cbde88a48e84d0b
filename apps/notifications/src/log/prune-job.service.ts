import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AdvisoryLocks, UnitOfWork } from '#persistence';
import { FailureLog, LOGGER, periodically, type Logger } from '#service';
import { LogRepository } from './log.repository.js';

/** Messages are kept for this long. */
export const keptDays = 30;
const pauseMs = 60_000;
/** Messages deleted in one transaction. */
const pageSize = 5_000;

/** Deletes messages that are no longer kept, and with them their deliveries. */
@Injectable()
export class PruneJob implements OnApplicationBootstrap, OnApplicationShutdown {
  private stop: () => Promise<void> = () => Promise.resolve();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly locks: AdvisoryLocks,
    private readonly log: LogRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const failures = new FailureLog(this.logger, 'pruning the event log');
    this.stop = periodically(
      pauseMs,
      () => this.prune().then(() => failures.recovered()),
      (error) => failures.failed(error),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  private async prune(): Promise<void> {
    const before = new Date(Date.now() - keptDays * 86_400_000);
    await this.locks.withAdvisoryLock('prune-events', async () => {
      for (;;) {
        const pruned = await this.unitOfWork.transaction((manager) =>
          this.log.prune(manager, before, pageSize),
        );
        if (pruned < pageSize) return;
      }
    });
  }
}
