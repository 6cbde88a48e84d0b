import { Module } from '@nestjs/common';
import { CodeModule } from '../codes/code.module.js';
import { CompanyProjectionModule } from '../companies/company-projection.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { MembershipBatchController } from './membership-batch.controller.js';
import { MembershipBatchRepository } from './membership-batch.repository.js';
import { MembershipBatchService } from './membership-batch.service.js';
import { MemberRepository } from './member.repository.js';
import { MemberService } from './member.service.js';

@Module({
  imports: [LedgerModule, CodeModule, CompanyProjectionModule],
  controllers: [MembershipBatchController],
  providers: [MembershipBatchRepository, MemberRepository, MembershipBatchService, MemberService],
  exports: [MembershipBatchService],
})
export class MembershipModule {}
