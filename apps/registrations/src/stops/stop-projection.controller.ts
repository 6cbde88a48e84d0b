import { Controller } from '@nestjs/common';
import { registrationsCatchUpOnStop, stopChanged, type EventOf, type InputOf } from '#contracts';
import { RequestHandler, EventHandler } from '#messaging';
import { StopProjectionService } from './stop-projection.service.js';

@Controller()
export class StopProjectionController {
  constructor(private readonly stops: StopProjectionService) {}

  @EventHandler(stopChanged)
  apply(event: EventOf<typeof stopChanged>): Promise<void> {
    return this.stops.apply(event.data);
  }

  @RequestHandler(registrationsCatchUpOnStop)
  async catchUp({ id, version }: InputOf<typeof registrationsCatchUpOnStop>): Promise<null> {
    await this.stops.catchUp(id, version);
    return null;
  }
}
