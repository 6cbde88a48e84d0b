import { Inject, Injectable } from '@nestjs/common';
import { AdvisoryLocks, UnitOfWork } from '#persistence';
import { LOGGER, PeriodicJob, type Logger } from '#service';
import { departedKeptSince } from './departed.js';
import { pruneDeparted } from '../seating/departed.repository.js';

/** Together with what is kept, well within 72 hours. */
const pauseMs = 10 * 60_000;
/** A process that has just started looks soon: it may have been away for long. */
const firstRunAfterMs = 5_000;
/** Rows deleted in one transaction. */
const pageSize = 1_000;

/** Deletes those who left a delegation, whatever `RETENTION_DAYS` says. */
@Injectable()
export class PruneDepartedJob extends PeriodicJob {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly locks: AdvisoryLocks,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger, { what: 'pruning departed delegates', pauseMs, firstRunAfterMs });
  }

  protected run(): Promise<unknown> {
    return this.prune(new Date());
  }

  async prune(now: Date): Promise<void> {
    await this.locks.withAdvisoryLock('prune-departed', async () => {
      for (;;) {
        const pruned = await this.unitOfWork.transaction((manager) =>
          pruneDeparted(manager, departedKeptSince(now), pageSize),
        );
        if (pruned < pageSize) return;
      }
    });
  }
}
