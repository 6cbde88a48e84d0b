import { Injectable } from '@nestjs/common';
import {
  Problem,
  formatInstant,
  notFound,
  type Caller,
  type InputOf,
  type OutputOf,
  type listDeliveries,
  type redeliver,
} from '#contracts';
import type { CallContext } from '#messaging';
import { UnitOfWork, cutPage, decodeIdCursor, Database } from '#persistence';
import { LogRepository } from '../log/log.repository.js';
import type { DeliveryEntity } from './delivery.entity.js';
import { DeliveryRepository } from './delivery.repository.js';
import { DeliveryService } from './delivery.service.js';
import { WebhookService } from './webhook.service.js';
import { takesMessages } from './webhook.js';

type Shown = OutputOf<typeof redeliver>;

/** What owners see of their deliveries, and how they have one sent again. */
@Injectable()
export class DeliveryQueryService {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly webhooks: WebhookService,
    private readonly rows: DeliveryRepository,
    private readonly deliveries: DeliveryService,
    private readonly log: LogRepository,
  ) {}

  async list(
    caller: Caller,
    { id, state, sort, limit, cursor }: InputOf<typeof listDeliveries>,
  ): Promise<OutputOf<typeof listDeliveries>> {
    await this.webhooks.get(caller, id);
    const manager = this.database;
    const wanted = { states: state, afterId: decodeIdCursor(cursor), isNewestFirst: sort === '-createdAt' };
    const rows = await this.rows.list(manager, id, wanted, limit + 1);
    const { items, nextCursor } = cutPage(rows, limit, (row) => [row.id]);
    const types = await this.log.typesOf(
      manager,
      items.map(({ messageId }) => messageId),
    );
    return { items: items.map((row) => present(row, types)), nextCursor };
  }

  async redeliver(call: CallContext, { id, deliveryId }: InputOf<typeof redeliver>): Promise<Shown> {
    const { state } = await this.webhooks.get(call.caller, id);
    if (!takesMessages(state))
      throw new Problem('webhook.not_active', `The webhook is ${state}. Enable it first.`);
    const shown = await this.unitOfWork.run(call, async ({ manager }) => {
      const row = await this.rows.find(manager, id, deliveryId);
      if (row === null) throw notFound('delivery');
      await this.deliveries.enqueue(manager, [
        { webhookId: id, messageId: row.messageId, seq: row.seq, key: row.key },
      ]);
      const waiting = await this.rows.find(manager, id, deliveryId);
      return present(waiting ?? row, await this.log.typesOf(manager, [row.messageId]));
    });
    this.deliveries.wake();
    return shown;
  }
}

function present(
  { id, messageId, state, attempts, nextAt, status, at }: DeliveryEntity,
  types: ReadonlyMap<string, string>,
): Shown {
  return {
    id,
    messageId,
    type: types.get(messageId) ?? '',
    state,
    attempts,
    nextAt: state === 'waiting' && nextAt !== null ? formatInstant(nextAt) : null,
    status,
    at: formatInstant(at),
  };
}
