import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork } from '#persistence';
import { LOGGER, PeriodicJob, type Logger } from '#service';
import { asSystem } from '../system-transaction.js';
import { ListingService } from './listing.service.js';

const pauseMs = 5_000;
const pageSize = 200;

/** Stores which listings have expired, so that their events are published. Readers compute it themselves. */
@Injectable()
export class ListingExpiryJob extends PeriodicJob {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly listings: ListingService,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger, { what: 'expiring listings', pauseMs });
  }

  protected async run(): Promise<void> {
    for (;;) {
      const settled = await this.unitOfWork.transaction((manager, recorded) =>
        this.listings.settleExpired(asSystem(manager, recorded), new Date(), { take: pageSize }),
      );
      if (settled < pageSize) return;
    }
  }
}
