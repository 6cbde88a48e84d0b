import { Module } from '@nestjs/common';
import { ApiKeyModule } from './api-keys/api-key.module.js';
import { BootstrapModule } from './bootstrap/bootstrap.module.js';
import { CompanyModule } from './companies/company.module.js';
import { OrganizationModule } from './organizations/organization.module.js';

@Module({ imports: [OrganizationModule, ApiKeyModule, CompanyModule, BootstrapModule] })
export class AppModule {}
