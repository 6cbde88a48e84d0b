import { Module } from '@nestjs/common';
import { CompanyProjectionController } from './company-projection.controller.js';
import { CompanyProjectionRepository } from './company-projection.repository.js';
import { CompanyProjectionService } from './company-projection.service.js';

@Module({
  controllers: [CompanyProjectionController],
  providers: [CompanyProjectionRepository, CompanyProjectionService],
  exports: [CompanyProjectionService],
})
export class CompanyProjectionModule {}
