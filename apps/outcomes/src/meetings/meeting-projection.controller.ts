import { Controller } from '@nestjs/common';
import { meetingChanged, type EventOf } from '#contracts';
import { EventHandler } from '#messaging';
import { gathered } from '../gathered.js';
import { MeetingProjectionService } from './meeting-projection.service.js';

@Controller()
export class MeetingProjectionController {
  constructor(private readonly meetings: MeetingProjectionService) {}

  @EventHandler(meetingChanged, gathered)
  apply(event: EventOf<typeof meetingChanged>): Promise<void> {
    return this.meetings.applyEvent(event);
  }
}
