import { Module } from '@nestjs/common';
import { ApiKeyModule } from './api-keys/api-key.module.js';
import { BootstrapModule } from './bootstrap/bootstrap.module.js';
import { CompanyModule } from './companies/company.module.js';
import { MeModule } from './me/me.module.js';
import { MemberModule } from './members/member.module.js';
import { OrganizationModule } from './organizations/organization.module.js';
import { SigningInModule } from './signing-in/signing-in.module.js';

@Module({
  imports: [
    OrganizationModule,
    ApiKeyModule,
    CompanyModule,
    MeModule,
    MemberModule,
    SigningInModule,
    BootstrapModule,
  ],
})
export class AppModule {}
