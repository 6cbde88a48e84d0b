import { Module } from '@nestjs/common';
import { CheckInController } from './check-in/check-in.controller.js';
import { CheckInRepository } from './check-in/check-in.repository.js';
import { CompanyController } from './companies/company.controller.js';
import { CompanyRepository } from './companies/company.repository.js';
import { RegistrationController } from './registrations/registration.controller.js';
import { RegistrationService } from './registrations/registration.service.js';
import { RegistrationReads } from './registrations/registration-reads.repository.js';
import { SeatCommandQueue } from './seating/seat-command.queue.js';
import { SeatConsequences } from './seating/seat-consequences.service.js';
import { SeatingService } from './seating/seating.service.js';
import { ExportController } from './exports/export.controller.js';
import { ExportRepository } from './exports/export.repository.js';
import { EndedStops } from './personal-data/ended-stops.repository.js';
import { HeldRegistrations } from './personal-data/held-registrations.repository.js';
import { PersonalDataController } from './personal-data/personal-data.controller.js';
import { DelegateRetention } from './personal-data/retention.service.js';
import { SessionRepository } from './sign-ups/session.repository.js';
import { SignUpList } from './sign-ups/sign-up-list.repository.js';
import { SignUpController } from './sign-ups/sign-up.controller.js';
import { SignUpRepository } from './sign-ups/sign-up.repository.js';
import { SeatFigures } from './stops/seat-figures.repository.js';
import { StopController } from './stops/stop.controller.js';
import { StopRepository } from './stops/stop.repository.js';

@Module({
  controllers: [
    RegistrationController,
    CheckInController,
    ExportController,
    SignUpController,
    PersonalDataController,
    StopController,
    CompanyController,
  ],
  providers: [
    SeatConsequences,
    SeatingService,
    SeatCommandQueue,
    StopRepository,
    SeatFigures,
    CompanyRepository,
    RegistrationReads,
    RegistrationService,
    CheckInRepository,
    ExportRepository,
    SessionRepository,
    SignUpRepository,
    SignUpList,
    HeldRegistrations,
    EndedStops,
    DelegateRetention,
  ],
})
export class AppModule {}
