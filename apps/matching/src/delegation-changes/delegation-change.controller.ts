import { Controller } from '@nestjs/common';
import { registrationChanged, type EventOf } from '#contracts';
import { EventHandler } from '#messaging';
import { Inbox } from '#persistence';
import { DelegationProjectionRepository } from '../delegations/delegation-projection.repository.js';
import { DelegationProjectionService, rowOf } from '../delegations/delegation-projection.service.js';
import { GiveWayService } from '../meetings/give-way.service.js';
import { asSystem } from '../system-transaction.js';

@Controller()
export class DelegationChangeController {
  constructor(
    private readonly inbox: Inbox,
    private readonly delegations: DelegationProjectionService,
    private readonly rows: DelegationProjectionRepository,
    private readonly giveWay: GiveWayService,
  ) {}

  /** A company that comes no more has no meetings; all other changes come in numbers and only change the copy. */
  @EventHandler(registrationChanged, { batched: true })
  async apply(event: EventOf<typeof registrationChanged>): Promise<void> {
    const row = rowOf(event.data);
    if (row.live) return this.delegations.applyEvent(event);
    await this.inbox.once(event, async (manager, recorded) => {
      await this.rows.upsert(manager, [row]);
      if (await this.rows.isAttending(manager, row.stopId, row.companyId)) return;
      await this.giveWay.endAll(
        asSystem(manager, recorded),
        row.stopId,
        row.companyId,
        'A company does not come to the stop any more.',
      );
    });
  }
}
