import { Module } from '@nestjs/common';
import { CodeModule } from '../codes/code.module.js';
import { CompanyProjectionModule } from '../companies/company-projection.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { CaseController } from './case.controller.js';
import { CaseRepository } from './case.repository.js';
import { CaseReviewRepository } from './case-review.repository.js';
import { CaseReviewService } from './case-review.service.js';
import { CaseService } from './case.service.js';

@Module({
  imports: [LedgerModule, CodeModule, CompanyProjectionModule],
  controllers: [CaseController],
  providers: [CaseRepository, CaseReviewRepository, CaseService, CaseReviewService],
  exports: [CaseService],
})
export class CaseModule {}
