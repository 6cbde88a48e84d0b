import { Controller } from '@nestjs/common';
import { sessionsCatchUpOnStop, stopChanged, type EventOf, type InputOf } from '#contracts';
import { RequestHandler, EventHandler } from '#messaging';
import { StopChangeService } from './stop-change.service.js';

@Controller()
export class StopChangeController {
  constructor(private readonly changes: StopChangeService) {}

  @EventHandler(stopChanged)
  apply(event: EventOf<typeof stopChanged>): Promise<void> {
    return this.changes.applyEvent(event);
  }

  @RequestHandler(sessionsCatchUpOnStop)
  async catchUp(input: InputOf<typeof sessionsCatchUpOnStop>) {
    return { unscheduledSessions: await this.changes.catchUp(input.id, input.version) };
  }
}
