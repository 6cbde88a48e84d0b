import { Module } from '@nestjs/common';
import { CompanyProjectionModule } from '../companies/company-projection.module.js';
import { DelegationProjectionModule } from '../delegations/delegation-projection.module.js';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { ListingExpiryJob } from './expiry-job.service.js';
import { ListingController } from './listing.controller.js';
import { ListingJournal } from './listing-journal.service.js';
import { ListingQueryService } from './listing-query.service.js';
import { ListingRepository } from './listing.repository.js';
import { ListingService } from './listing.service.js';

@Module({
  imports: [CompanyProjectionModule, DelegationProjectionModule, StopProjectionModule],
  controllers: [ListingController],
  providers: [ListingRepository, ListingJournal, ListingService, ListingQueryService, ListingExpiryJob],
  exports: [ListingRepository],
})
export class ListingModule {}
