import { Controller } from '@nestjs/common';
import { registrationChanged, type EventOf } from '#contracts';
import { EventBatchHandler } from '#messaging';
import { rowOf } from '../delegations/delegation-projection.service.js';
import { gathered } from '../gathered.js';
import { DelegationChangeService } from './delegation-change.service.js';

@Controller()
export class DelegationChangeController {
  constructor(private readonly changes: DelegationChangeService) {}

  @EventBatchHandler(registrationChanged, gathered)
  apply(events: readonly EventOf<typeof registrationChanged>[]): Promise<void> {
    return this.changes.apply(events.map(({ data }) => rowOf(data)));
  }
}
