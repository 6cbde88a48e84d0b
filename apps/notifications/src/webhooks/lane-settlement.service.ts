import { Injectable } from '@nestjs/common';
import type { Delivery, LaneResult } from '#deliveries';
import { UnitOfWork, newId, type Transaction } from '#persistence';
import { FeedSignals } from '../log/feed-signals.service.js';
import { LogRepository } from '../log/log.repository.js';
import { DeliveryRepository } from './delivery.repository.js';
import { DeliveryService } from './delivery.service.js';
import { LaneRepository } from './lane.repository.js';
import type { SendReport } from './lane-session.js';
import type { OpenLane } from './webhook-sender.service.js';
import { takesMessages, type WebhookRecord } from './webhook.js';
import { WebhookRepository } from './webhook.repository.js';

/** A lane after it was worked on. */
export interface WorkedLane {
  readonly leased: OpenLane;
  readonly result: LaneResult<SendReport>;
}

interface OwnLane {
  readonly webhook: WebhookRecord;
  readonly result: LaneResult<SendReport>;
}

/** Writes what became of lanes, of many in one transaction. */
@Injectable()
export class LaneSettlement {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly webhooks: WebhookRepository,
    private readonly lanes: LaneRepository,
    private readonly rows: DeliveryRepository,
    private readonly deliveries: DeliveryService,
    private readonly log: LogRepository,
    private readonly signals: FeedSignals,
  ) {}

  /** Leaves out lanes whose leases were lost to another worker. */
  async settle(worked: readonly WorkedLane[]): Promise<void> {
    const ended = await this.unitOfWork.transaction(async (manager) => {
      // Who appends to the log takes this lock before those of lanes.
      if (worked.some(({ result }) => result.lane.state !== 'active'))
        await this.log.lockForAppending(manager);
      return this.write(manager, await this.lock(manager, worked));
    });
    if (ended.length === 0) return;
    this.signals.send(ended.map((webhook) => ({ ...webhook, stopId: null, public: false })));
    this.deliveries.wake();
  }

  private async lock(manager: Transaction, worked: readonly WorkedLane[]): Promise<OwnLane[]> {
    const leased = worked.map((one) => one.leased);
    const webhooks = await this.webhooks.lockMany(
      manager,
      leased.map(({ id }) => id),
    );
    const held = await this.lanes.lockLeased(manager, leased);
    return worked.flatMap(({ leased: { id, leaseId }, result }) => {
      const webhook = webhooks.get(id);
      return webhook !== undefined && held.get(id) === leaseId ? [{ webhook, result }] : [];
    });
  }

  /** @returns the endpoints that ended by this */
  private async write(manager: Transaction, own: readonly OwnLane[]): Promise<WebhookRecord[]> {
    const attempts = own.flatMap(({ result }) => result.attempts);
    const statuses = new Map(attempts.map(({ deliveryId, report }) => [deliveryId, report.status]));
    const changed = own.flatMap(({ result }) => result.deliveries);
    await this.rows.update(manager, changed, statuses);
    const settled = [];
    const ended: WebhookRecord[] = [];
    for (const { webhook, result } of own) {
      const state = await this.nextState(manager, webhook, result);
      const sends = state === 'active' || state === 'pending';
      settled.push({ id: webhook.id, lane: result.lane, sends });
      if (state !== webhook.state && !sends) ended.push(webhook);
    }
    await this.lanes.settle(manager, settled);
    return ended;
  }

  /** A ping that was taken activates an endpoint; 410 and long silence disable it, and its owner is notified. */
  private async nextState(
    manager: Transaction,
    webhook: WebhookRecord,
    { lane, deliveries }: LaneResult<SendReport>,
  ): Promise<WebhookRecord['state']> {
    const isDelivered = ({ state }: Delivery) => state === 'delivered';
    if (webhook.state === 'pending') {
      if (!deliveries.some(isDelivered)) return 'pending';
      await this.webhooks.update(manager, { ...webhook, state: 'active', version: webhook.version + 1 });
      return 'active';
    }
    if (lane.state === 'active' || !takesMessages(webhook.state)) return webhook.state;
    const ended = { ...webhook, state: lane.state, version: webhook.version + 1 };
    await this.webhooks.update(manager, ended);
    const appended = await this.log.append(manager, [disabledMessage(ended, lane.state)]);
    await this.deliveries.create(manager, appended);
    return lane.state;
  }
}

function disabledMessage(webhook: WebhookRecord, status: 'disabled' | 'gone') {
  const { id, organizationId, companyId, version } = webhook;
  return {
    id: newId(),
    type: 'webhook.disabled',
    time: new Date(),
    subject: `webhook/${id}`,
    organizationId,
    companyId,
    stopId: null,
    public: false,
    data: { webhookId: id, status, version, href: `/v1/webhooks/${id}` },
  };
}
