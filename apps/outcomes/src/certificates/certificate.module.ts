import { Module } from '@nestjs/common';
import { CodeModule } from '../codes/code.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { CertificateController } from './certificate.controller.js';
import { CertificateRepository } from './certificate.repository.js';
import { CertificateService } from './certificate.service.js';
import { HolderErasureJob } from './holder-erasure-job.service.js';
import { HoldersService } from './holders.service.js';

@Module({
  imports: [StopProjectionModule, LedgerModule, CodeModule],
  controllers: [CertificateController],
  providers: [CertificateRepository, CertificateService, HoldersService, HolderErasureJob],
  exports: [CertificateService, HoldersService],
})
export class CertificateModule {}
