import { Module } from '@nestjs/common';
import { MeetingModule } from '../meetings/meeting.module.js';
import { ElsewhereController } from './elsewhere.controller.js';
import { ElsewhereRepository } from './elsewhere.repository.js';
import { ElsewhereService } from './elsewhere.service.js';

@Module({
  imports: [MeetingModule],
  controllers: [ElsewhereController],
  providers: [ElsewhereRepository, ElsewhereService],
})
export class ElsewhereModule {}
