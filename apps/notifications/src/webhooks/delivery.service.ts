import { Injectable } from '@nestjs/common';
import type { Transaction } from '#persistence';
import type { MessageEntity } from '../log/message.entity.js';
import { DeliveryRepository, type NewDelivery } from './delivery.repository.js';
import { LaneRepository } from './lane.repository.js';
import { wantsMessage } from './webhook.js';
import { WebhookRepository } from './webhook.repository.js';

/** Makes deliveries of messages. */
@Injectable()
export class DeliveryService {
  private readonly listeners: (() => void)[] = [];

  constructor(
    private readonly webhooks: WebhookRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly lanes: LaneRepository,
  ) {}

  /** To be called after a transaction that made deliveries has committed. */
  wake(): void {
    for (const listener of this.listeners) listener();
  }

  /** Calls back when there is something to send. */
  whenWoken(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Makes the deliveries of new messages, in the transaction that appended them. @returns how many */
  async create(manager: Transaction, messages: readonly MessageEntity[]): Promise<number> {
    const candidates = await this.webhooks.findCandidates(manager, {
      organizationIds: distinct(messages.map(({ organizationId }) => organizationId)),
      companyIds: distinct(messages.map(({ companyId }) => companyId)),
      publicStopIds: distinct(messages.map((one) => (one.public ? one.stopId : null))),
    });
    const wanted = candidates.flatMap((webhook) =>
      messages
        .filter((one) => wantsMessage(webhook, { ...one, ...scopeOf(one) }, isAt(webhook.registeredAt, one)))
        .map((one) => deliveryOf(webhook.id, one)),
    );
    return this.enqueue(manager, wanted);
  }

  /** Makes deliveries, or lets ended ones wait again. @returns how many */
  async enqueue(manager: Transaction, wanted: readonly NewDelivery[]): Promise<number> {
    if (wanted.length === 0) return 0;
    const count = await this.deliveries.insert(manager, wanted);
    await this.lanes.makeDue(manager, distinct(wanted.map(({ webhookId }) => webhookId)));
    return count;
  }
}

/** A message's aggregate is the key of its deliveries: they arrive in its order. */
export function deliveryOf(
  webhookId: string,
  { id, seq, subject }: Pick<MessageEntity, 'id' | 'seq' | 'subject'>,
): NewDelivery {
  return { webhookId, messageId: id, seq, key: subject };
}

function scopeOf({ organizationId, companyId, stopId, public: isPublic }: MessageEntity) {
  return { organizationId, companyId, stopId, public: isPublic };
}

function isAt(stopIds: readonly string[], { stopId }: MessageEntity): boolean {
  return stopId !== null && stopIds.includes(stopId);
}

function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}
