import { Module } from '@nestjs/common';
import { ApiKeyModule } from '../api-keys/api-key.module.js';
import { MembershipModule } from '../memberships/membership.module.js';
import { SignInModule } from '../sign-ins/sign-in.module.js';
import { UserModule } from '../users/user.module.js';
import { CompanySearchRepository } from './company-search.repository.js';
import { CompanyController } from './company.controller.js';
import { CompanyReader } from './company-reader.service.js';
import { CompanyRepository } from './company.repository.js';
import { CompanyService } from './company.service.js';
import { FoundingService } from './founding.service.js';
import { SignUpQueue } from './sign-up.queue.js';
import { SignUpService } from './sign-up.service.js';

@Module({
  imports: [ApiKeyModule, UserModule, MembershipModule, SignInModule],
  controllers: [CompanyController],
  providers: [
    SignUpQueue,
    SignUpService,
    FoundingService,
    CompanyService,
    CompanyReader,
    CompanyRepository,
    CompanySearchRepository,
  ],
})
export class CompanyModule {}
