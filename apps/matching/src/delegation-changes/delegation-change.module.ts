import { Module } from '@nestjs/common';
import { DelegationProjectionModule } from '../delegations/delegation-projection.module.js';
import { MeetingModule } from '../meetings/meeting.module.js';
import { DelegationChangeController } from './delegation-change.controller.js';
import { DelegationChangeService } from './delegation-change.service.js';

@Module({
  imports: [DelegationProjectionModule, MeetingModule],
  controllers: [DelegationChangeController],
  providers: [DelegationChangeService],
})
export class DelegationChangeModule {}
