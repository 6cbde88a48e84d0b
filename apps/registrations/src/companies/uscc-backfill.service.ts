import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { FailureLog, LOGGER, periodically, type Logger } from '#service';
import { CompanyProjectionService } from './company-projection.service.js';

/** Where accounts is not there yet, or an older one, the next look is soon enough. */
const pauseMs = 10 * 60_000;
const firstRunAfterMs = 3_000;

/** Completes companies that are known from the time before accounts told their credit codes; then there is nothing to do. */
@Injectable()
export class UsccBackfill implements OnApplicationBootstrap, OnApplicationShutdown {
  private stop: () => Promise<void> = () => Promise.resolve();

  constructor(
    private readonly companies: CompanyProjectionService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const failures = new FailureLog(this.logger, 'completing credit codes of companies');
    const run = () => this.companies.completeUsccs().then(() => failures.recovered());
    this.stop = periodically(pauseMs, run, (error) => failures.failed(error), firstRunAfterMs);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.stop();
  }
}
