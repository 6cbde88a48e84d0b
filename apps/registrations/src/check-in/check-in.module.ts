import { Module } from '@nestjs/common';
import { RegistrationModule } from '../registrations/registration.module.js';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { CheckInController } from './check-in.controller.js';
import { CheckInQueue } from './check-in.queue.js';
import { CheckInRepository } from './check-in.repository.js';
import { CheckInService } from './check-in.service.js';
import { DoorListRepository } from './door-list.repository.js';
import { DoorListService } from './door-list.service.js';
import { DoorService } from './door.service.js';

@Module({
  imports: [RegistrationModule, StopProjectionModule],
  controllers: [CheckInController],
  providers: [
    CheckInRepository,
    CheckInService,
    CheckInQueue,
    DoorService,
    DoorListRepository,
    DoorListService,
  ],
})
export class CheckInModule {}
