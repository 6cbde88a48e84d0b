import { Controller } from '@nestjs/common';
import { sessionChanged, signUpsChanged, type EventOf } from '#contracts';
import { EventBatchHandler } from '#messaging';
import { gathered } from '../gathered.js';
import { ElsewhereService } from './elsewhere.service.js';

@Controller()
export class ElsewhereController {
  constructor(private readonly elsewhere: ElsewhereService) {}

  @EventBatchHandler(signUpsChanged, gathered)
  applySignUps(events: readonly EventOf<typeof signUpsChanged>[]): Promise<void> {
    return this.elsewhere.applySignUps(events.map(({ data }) => data));
  }

  @EventBatchHandler(sessionChanged, gathered)
  applySessions(events: readonly EventOf<typeof sessionChanged>[]): Promise<void> {
    return this.elsewhere.applySessions(events.map(({ data }) => data));
  }
}
