import { Controller } from '@nestjs/common';
import { registrationChanged, type EventOf } from '#contracts';
import { EventHandler } from '#messaging';
import { DelegationProjectionService } from './delegation-projection.service.js';

@Controller()
export class DelegationProjectionController {
  constructor(private readonly delegations: DelegationProjectionService) {}

  @EventHandler(registrationChanged, { batched: true })
  apply(event: EventOf<typeof registrationChanged>): Promise<void> {
    return this.delegations.applyEvent(event);
  }
}
