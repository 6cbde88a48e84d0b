import { Module } from '@nestjs/common';
import { MeetingProjectionController } from './meeting-projection.controller.js';
import { MeetingProjectionRepository } from './meeting-projection.repository.js';
import { MeetingProjectionService } from './meeting-projection.service.js';

@Module({
  controllers: [MeetingProjectionController],
  providers: [MeetingProjectionRepository, MeetingProjectionService],
  exports: [MeetingProjectionRepository, MeetingProjectionService],
})
export class MeetingProjectionModule {}
