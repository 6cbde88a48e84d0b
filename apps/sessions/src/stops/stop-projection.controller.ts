import { Controller } from '@nestjs/common';
import { sessionsCatchUpOnStop, stopChanged, type EventOf, type InputOf } from '#contracts';
import { RequestHandler, EventHandler } from '#messaging';
import { StopProjectionRepository } from './stop-projection.repository.js';

@Controller()
export class StopProjectionController {
  constructor(private readonly stops: StopProjectionRepository) {}

  @EventHandler(stopChanged)
  apply(event: EventOf<typeof stopChanged>): Promise<void> {
    return this.stops.applyEvent(event);
  }

  @RequestHandler(sessionsCatchUpOnStop)
  async catchUp(input: InputOf<typeof sessionsCatchUpOnStop>): Promise<null> {
    await this.stops.catchUp(input.id, input.version);
    return null;
  }
}
