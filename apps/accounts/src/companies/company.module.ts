import { Module } from '@nestjs/common';
import { ApiKeyModule } from '../api-keys/api-key.module.js';
import { CompanySearchRepository } from './company-search.repository.js';
import { CompanyController } from './company.controller.js';
import { CompanyReader } from './company-reader.service.js';
import { CompanyRepository } from './company.repository.js';
import { CompanyService } from './company.service.js';
import { SignUpQueue } from './sign-up.queue.js';
import { SignUpService } from './sign-up.service.js';

@Module({
  imports: [ApiKeyModule],
  controllers: [CompanyController],
  providers: [
    SignUpQueue,
    SignUpService,
    CompanyService,
    CompanyReader,
    CompanyRepository,
    CompanySearchRepository,
  ],
})
export class CompanyModule {}
