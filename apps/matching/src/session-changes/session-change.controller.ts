import { Controller } from '@nestjs/common';
import { sessionChanged, signUpsChanged, type EventOf } from '#contracts';
import { EventBatchHandler } from '#messaging';
import { gathered } from '../gathered.js';
import { SessionChangeService } from './session-change.service.js';

@Controller()
export class SessionChangeController {
  constructor(private readonly elsewhere: SessionChangeService) {}

  @EventBatchHandler(signUpsChanged, gathered)
  applySignUps(events: readonly EventOf<typeof signUpsChanged>[]): Promise<void> {
    return this.elsewhere.applySignUps(events.map(({ data }) => data));
  }

  @EventBatchHandler(sessionChanged, gathered)
  applySessions(events: readonly EventOf<typeof sessionChanged>[]): Promise<void> {
    return this.elsewhere.applySessions(events.map(({ data }) => data));
  }
}
