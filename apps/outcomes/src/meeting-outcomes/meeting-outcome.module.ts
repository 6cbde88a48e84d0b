import { Module } from '@nestjs/common';
import { MeetingProjectionModule } from '../meetings/meeting-projection.module.js';
import { MeetingOutcomeController } from './meeting-outcome.controller.js';
import { MeetingOutcomeRepository } from './meeting-outcome.repository.js';
import { MeetingOutcomeService } from './meeting-outcome.service.js';

@Module({
  imports: [MeetingProjectionModule],
  controllers: [MeetingOutcomeController],
  providers: [MeetingOutcomeRepository, MeetingOutcomeService],
})
export class MeetingOutcomeModule {}
