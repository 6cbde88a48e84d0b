import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, PeriodicJob, type Logger } from '#service';
import { CompanyProjectionService } from './company-projection.service.js';

/** Where accounts is not there yet, or an older one, the next look is soon enough. */
const pauseMs = 10 * 60_000;
const firstRunAfterMs = 3_000;

/** Completes companies whose last event came before events carried credit codes; then there is nothing to do. */
@Injectable()
export class UsccBackfill extends PeriodicJob {
  constructor(
    private readonly companies: CompanyProjectionService,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger, { what: 'completing credit codes of companies', pauseMs, firstRunAfterMs });
  }

  protected run(): Promise<unknown> {
    return this.companies.completeUsccs();
  }
}
