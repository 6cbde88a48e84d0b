import { Module } from '@nestjs/common';
import { ApiKeyController } from './api-keys/api-key.controller.js';
import { ApiKeyRepository } from './api-keys/api-key.repository.js';
import { FirstKeys } from './api-keys/first-keys.js';
import { KeyUseRepository } from './api-keys/key-use.repository.js';
import { KeyMaker } from './api-keys/key-maker.js';
import { CompanyController } from './companies/company.controller.js';
import { CompanyRepository } from './companies/company.repository.js';
import { OrganizationController } from './organizations/organization.controller.js';
import { OrganizationRepository } from './organizations/organization.repository.js';

@Module({
  controllers: [OrganizationController, ApiKeyController, CompanyController],
  providers: [
    OrganizationRepository,
    ApiKeyRepository,
    KeyUseRepository,
    KeyMaker,
    FirstKeys,
    CompanyRepository,
  ],
})
export class AppModule {}
