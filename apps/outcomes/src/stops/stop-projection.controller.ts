import { Controller } from '@nestjs/common';
import { stopChanged, type EventOf } from '#contracts';
import { EventHandler } from '#messaging';
import { gathered } from '../gathered.js';
import { StopProjectionService } from './stop-projection.service.js';

@Controller()
export class StopProjectionController {
  constructor(private readonly stops: StopProjectionService) {}

  @EventHandler(stopChanged, gathered)
  apply(event: EventOf<typeof stopChanged>): Promise<void> {
    return this.stops.applyEvent(event);
  }
}
