import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

import { LaneWorker, nextAttemptAt, type Delivery, type LaneResult } from '#deliveries';
import { UnitOfWork, newId, Database, type Transaction } from '#persistence';
import { LOGGER, type Logger } from '#service';
import { FeedSignals } from '../log/feed-signals.service.js';
import { LogRepository } from '../log/log.repository.js';
import type { MessageEntity } from '../log/message.entity.js';
import { countAttempt, countDelivered } from '../metrics/delivery.metrics.js';
import { DeliveryRepository, type HeadLane, type NewDelivery } from './delivery.repository.js';
import type { SendReport } from './lane-session.js';
import { WebhookSender } from './webhook-sender.service.js';
import { takesMessages, wantsMessage, type WebhookRecord } from './webhook.js';
import { WebhookRepository } from './webhook.repository.js';

/** Lanes at once in a process; of them those in trouble; and those whose receivers take their time. */
const maxLanes = 64;
const maxDownLanes = 16;
const slowAfterMs = 100;
const maxSlowLanes = 1_024;
const maxInFlight = 4;
/** A lane is another worker's after this, unless its result was written before. An attempt takes 15 s at most. */
const leaseMs = 30_000;
const startWithinMs = 10_000;
const idleMs = 2_000;

type Leased = HeadLane & { leaseId: string };

/** Makes deliveries of messages and works them off, lane by lane. */
@Injectable()
export class DeliveryService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly leases = new Map<string, string>();
  private readonly worker: LaneWorker<SendReport>;

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly webhooks: WebhookRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly log: LogRepository,
    private readonly signals: FeedSignals,
    private readonly sender: WebhookSender,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.worker = new LaneWorker<SendReport>(
      {
        lease: (most, mostDown) => this.lease(most, mostDown),
        settle: (laneId, result) => this.settle(laneId, result),
        nextDueAt: () => this.deliveries.nextDueAt(this.database),
      },
      {
        send: (laneId, { id }) => this.sender.send(laneId, id),
        now: () => Date.now(),
        chance: () => Math.random(),
        maxInFlight,
        maxLanes,
        slowAfterMs,
        maxSlowLanes,
        maxDownLanes,
        startWithinMs,
        idleMs,
        onFailed: (error) => logger.error({ err: error }, 'webhook lane failed'),
      },
    );
  }

  onApplicationBootstrap(): void {
    this.worker.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.worker.stop();
  }

  /** To be called after a transaction that made deliveries has committed. */
  wake(): void {
    this.worker.wake();
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
    await this.deliveries.makeDue(manager, distinct(wanted.map(({ webhookId }) => webhookId)));
    return count;
  }

  private async lease(most: number, mostDown: number): Promise<Leased[]> {
    const leased = await this.unitOfWork.transaction((manager) =>
      this.deliveries.lease(manager, { most, mostDown, leaseMs }),
    );
    await this.sender.open(leased);
    for (const { id, leaseId } of leased) this.leases.set(id, leaseId);
    return leased;
  }

  private async settle(laneId: string, result: LaneResult<SendReport>): Promise<void> {
    const leaseId = this.leases.get(laneId) ?? '';
    this.leases.delete(laneId);
    this.sender.close(laneId);
    count(result);
    const statuses = new Map(result.attempts.map(({ deliveryId, report }) => [deliveryId, report.status]));
    const ended = await this.unitOfWork.transaction(async (manager) => {
      const webhook = await this.webhooks.lock(manager, null, laneId);
      if (webhook === null) return null;
      const held = await this.deliveries.settle(manager, { id: laneId, leaseId }, result, statuses);
      if (!held) return null;
      const state = await this.nextState(manager, webhook, result);
      const now = await this.deliveries.readLane(manager, laneId);
      const sends = now !== null && (state === 'active' || state === 'pending');
      const dueAt = sends ? nextAttemptAt(now.lane, now.waiting) : null;
      await this.deliveries.setDueAt(manager, laneId, dueAt);
      return state !== webhook.state && !sends ? webhook : null;
    });
    if (ended !== null) this.signals.send([{ ...ended, stopId: null, public: false }]);
  }

  /** A ping that was taken activates an endpoint; 410 and long silence end it, of which its owner hears. */
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
    await this.log.lockForAppending(manager);
    await this.create(manager, await this.log.append(manager, [disabledMessage(ended, lane.state)]));
    return lane.state;
  }
}

function count({ attempts, deliveries }: LaneResult<SendReport>): void {
  for (const { outcome } of attempts) countAttempt('webhook', outcome);
  for (const { state, createdAt } of deliveries)
    if (state === 'delivered') countDelivered('webhook', createdAt, Date.now());
}

function deliveryOf(webhookId: string, { id, seq, subject }: MessageEntity): NewDelivery {
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
