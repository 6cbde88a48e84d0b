import { Module } from '@nestjs/common';
import { isOutage } from '#persistence';
import { CONFIG } from '#service';
import { tracedBatch } from '#tracing';
import { batchSpan } from './batch-span.js';
import { CheckInController } from './check-in/check-in.controller.js';
import { CheckInRepository } from './check-in/check-in.repository.js';
import { CompanyController } from './companies/company.controller.js';
import { CompanyRepository } from './companies/company.repository.js';
import type { RegistrationsConfig } from './config.js';
import { RegistrationController } from './registrations/registration.controller.js';
import { RegistrationService } from './registrations/registration.service.js';
import { RegistrationReads } from './registrations/registration-reads.repository.js';
import { SeatDesk } from './seating/seat-desk.js';
import { orderKey, type SeatOrder } from './seating/seat-order.js';
import { SeatsRepository, type SeatAnswer } from './seating/seats.repository.js';
import { ExportController } from './exports/export.controller.js';
import { ExportRepository } from './exports/export.repository.js';
import { seatBatchOrders } from './metrics.js';
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

/** The one desk of this process, over which every change of seats goes. */
const seatDesk = {
  provide: SeatDesk,
  inject: [SeatsRepository, CONFIG],
  useFactory: (seats: SeatsRepository, config: RegistrationsConfig) =>
    new SeatDesk<SeatOrder, SeatAnswer>({
      decide: tracedBatch(batchSpan, (stopId, orders) => {
        seatBatchOrders.observe(orders.length);
        return seats.decide(stopId, orders);
      }),
      keyOf: orderKey,
      deadlineOf: ({ call }) => call.deadlineMs,
      isOutage,
      batching: config.REGISTRATION_BATCHING !== 'off',
    }),
};

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
    SeatsRepository,
    seatDesk,
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
