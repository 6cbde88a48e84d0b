import { Module } from '@nestjs/common';
import { ApiKeyModule } from '../api-keys/api-key.module.js';
import { CompanyController } from './company.controller.js';
import { CompanyReader } from './company-reader.service.js';
import { CompanyRepository } from './company.repository.js';
import { CompanyService } from './company.service.js';

@Module({
  imports: [ApiKeyModule],
  controllers: [CompanyController],
  providers: [CompanyService, CompanyReader, CompanyRepository],
})
export class CompanyModule {}
