import { Controller } from '@nestjs/common';
import { sessionChanged, signUpsChanged, type EventOf } from '#contracts';
import { EventHandler } from '#messaging';
import { gathered } from '../gathered.js';
import { ElsewhereService } from './elsewhere.service.js';

@Controller()
export class ElsewhereController {
  constructor(private readonly elsewhere: ElsewhereService) {}

  @EventHandler(signUpsChanged, gathered)
  applySignUps(event: EventOf<typeof signUpsChanged>): Promise<void> {
    return this.elsewhere.applySignUps(event.data);
  }

  @EventHandler(sessionChanged)
  applySession(event: EventOf<typeof sessionChanged>): Promise<void> {
    return this.elsewhere.applySession(event);
  }
}
