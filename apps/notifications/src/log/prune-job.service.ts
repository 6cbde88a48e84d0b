import { Inject, Injectable } from '@nestjs/common';
import { AdvisoryLocks, UnitOfWork } from '#persistence';
import { LOGGER, PeriodicJob, type Logger } from '#service';
import { LogRepository } from './log.repository.js';

/** Messages are kept for this long. */
export const keptDays = 30;
const pauseMs = 60_000;
/** Messages deleted in one transaction. */
const pageSize = 5_000;

/** Deletes messages that are no longer kept, and with them their deliveries. */
@Injectable()
export class PruneJob extends PeriodicJob {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly locks: AdvisoryLocks,
    private readonly log: LogRepository,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger, { what: 'pruning the event log', pauseMs });
  }

  protected async run(): Promise<void> {
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
