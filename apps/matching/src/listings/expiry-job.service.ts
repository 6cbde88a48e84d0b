import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { UnitOfWork } from '#persistence';
import { FailureLog, LOGGER, periodically, type Logger } from '#service';
import { asSystem } from '../system-transaction.js';
import { ListingService } from './listing.service.js';

const pauseMs = 5_000;
const pageSize = 200;

/** Writes down which listings the clock has ended, so that others are told. Readers see it without. */
@Injectable()
export class ListingExpiryJob implements OnApplicationBootstrap, OnApplicationShutdown {
  private stop: () => Promise<void> = () => Promise.resolve();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly listings: ListingService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const failures = new FailureLog(this.logger, 'expiring listings');
    this.stop = periodically(
      pauseMs,
      () => this.run().then(() => failures.recovered()),
      (error) => failures.failed(error),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  private async run(): Promise<void> {
    for (;;) {
      const settled = await this.unitOfWork.transaction((manager, recorded) =>
        this.listings.settleExpired(asSystem(manager, recorded), new Date(), { take: pageSize }),
      );
      if (settled < pageSize) return;
    }
  }
}
