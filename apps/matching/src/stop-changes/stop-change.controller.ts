import { Controller } from '@nestjs/common';
import { matchingCatchUpOnStop, stopChanged, type EventOf, type InputOf } from '#contracts';
import { EventHandler, RequestHandler } from '#messaging';
import { StopChangeService } from './stop-change.service.js';

@Controller()
export class StopChangeController {
  constructor(private readonly changes: StopChangeService) {}

  @EventHandler(stopChanged)
  apply(event: EventOf<typeof stopChanged>): Promise<void> {
    return this.changes.applyEvent(event);
  }

  @RequestHandler(matchingCatchUpOnStop)
  async catchUp(input: InputOf<typeof matchingCatchUpOnStop>): Promise<null> {
    await this.changes.catchUp(input.id, input.version);
    return null;
  }
}
