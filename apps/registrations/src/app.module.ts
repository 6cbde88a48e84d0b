import { Module } from '@nestjs/common';
import { CheckInModule } from './check-in/check-in.module.js';
import { CompanyProjectionModule } from './companies/company-projection.module.js';
import { DelegationLookupModule } from './delegation-lookup/delegation-lookup.module.js';
import { ExportModule } from './exports/export.module.js';
import { PeopleModule } from './people/people.module.js';
import { PersonalDataModule } from './personal-data/personal-data.module.js';
import { RegistrationModule } from './registrations/registration.module.js';
import { SignUpModule } from './sign-ups/sign-up.module.js';
import { StopProjectionModule } from './stops/stop-projection.module.js';

@Module({
  imports: [
    StopProjectionModule,
    CompanyProjectionModule,
    RegistrationModule,
    CheckInModule,
    SignUpModule,
    ExportModule,
    PersonalDataModule,
    PeopleModule,
    DelegationLookupModule,
  ],
})
export class AppModule {}
