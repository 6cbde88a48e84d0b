import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork } from '#persistence';
import { LOGGER, PeriodicJob, type Logger } from '#service';
import { PlanRepository } from './plan.repository.js';

/** Plans that were put aside, failed or never decided are kept for this long; accepted ones stay. */
export const keptPlanDays = 90;
const pauseMs = 3_600_000;
/** Plans deleted in one transaction. */
const pageSize = 500;

/** Forgets plans that nobody will accept any more. */
@Injectable()
export class PlanPruneJob extends PeriodicJob {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly plans: PlanRepository,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger, { what: 'forgetting old plans', pauseMs });
  }

  /** Public for tests, which do not wait for the clock. */
  async run(): Promise<void> {
    const before = new Date(Date.now() - keptPlanDays * 86_400_000);
    for (;;) {
      const pruned = await this.unitOfWork.transaction((manager) =>
        this.plans.prune(manager, before, pageSize),
      );
      if (pruned < pageSize) return;
    }
  }
}
