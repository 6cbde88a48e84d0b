import { Module } from '@nestjs/common';
import { CaseModule } from '../cases/case.module.js';
import { CertificateModule } from '../certificates/certificate.module.js';
import { CodeModule } from '../codes/code.module.js';
import { CompanyProjectionModule } from '../companies/company-projection.module.js';
import { MembershipModule } from '../memberships/membership.module.js';
import { PaperModule } from '../papers/paper.module.js';
import { StatisticsModule } from '../statistics/statistics.module.js';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { DocumentController } from './document.controller.js';
import { DocumentService } from './document.service.js';
import { DocumentWorker } from './document-worker.service.js';

@Module({
  imports: [
    StopProjectionModule,
    CompanyProjectionModule,
    CertificateModule,
    MembershipModule,
    CaseModule,
    PaperModule,
    StatisticsModule,
    CodeModule,
  ],
  controllers: [DocumentController],
  providers: [DocumentService, DocumentWorker],
})
export class DocumentModule {}
