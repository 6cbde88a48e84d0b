import { Module } from '@nestjs/common';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { MeetingTimesService } from './meeting-times.service.js';
import { SessionProjectionRepository } from './session-projection.repository.js';
import { SessionProjectionService } from './session-projection.service.js';
import { SignUpController } from './sign-up.controller.js';
import { SignUpListRepository } from './sign-up-list.repository.js';
import { SignUpQueryService } from './sign-up-query.service.js';
import { SignUpQueue } from './sign-up.queue.js';
import { SignUpRepository } from './sign-up.repository.js';
import { SignUpService } from './sign-up.service.js';

@Module({
  imports: [StopProjectionModule],
  controllers: [SignUpController],
  providers: [
    SessionProjectionRepository,
    SessionProjectionService,
    SignUpRepository,
    SignUpListRepository,
    MeetingTimesService,
    SignUpService,
    SignUpQueue,
    SignUpQueryService,
  ],
})
export class SignUpModule {}
