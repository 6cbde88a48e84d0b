import { Injectable } from '@nestjs/common';
import {
  Problem,
  formatInstant,
  notFound,
  publicEvents,
  type Caller,
  type InputOf,
  type OutputOf,
  type PublicEventType,
  type Webhook,
  type createWebhook,
  type replayWebhook,
  type rotateWebhookSecret,
  type testWebhook,
  type updateWebhook,
} from '#contracts';
import type { CallContext } from '#messaging';
import {
  UnitOfWork,
  cutPage,
  decodeIdCursor,
  newId,
  refuseStaleVersion,
  type TransactionContext,
  Database,
} from '#persistence';
import { EgressService } from '../egress/egress.service.js';
import { RefusedUrl } from '../egress/receiver-url.js';
import { FeedSignals } from '../log/feed-signals.service.js';
import { LogRepository } from '../log/log.repository.js';
import { publicEventOf, readerOf } from '../log/log.service.js';
import { DeliveryRepository } from './delivery.repository.js';
import { DeliveryService } from './delivery.service.js';
import { WebhookSecrets } from './webhook-secrets.service.js';
import { WebhookSender } from './webhook-sender.service.js';
import { WebhookRepository } from './webhook.repository.js';
import {
  maxWebhooks,
  moveTo,
  presentWebhook,
  takesMessages,
  wantsMessage,
  type WebhookMove,
  type WebhookOwner,
  type WebhookRecord,
} from './webhook.js';

/** Messages that are replayed in one transaction. */
const replayPage = 500;

type WithSecret = OutputOf<typeof createWebhook>;

/** What owners do with their endpoints. */
@Injectable()
export class WebhookService {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly webhooks: WebhookRepository,
    private readonly lanes: DeliveryRepository,
    private readonly deliveries: DeliveryService,
    private readonly log: LogRepository,
    private readonly signals: FeedSignals,
    private readonly secrets: WebhookSecrets,
    private readonly sender: WebhookSender,
    private readonly egress: EgressService,
  ) {}

  async create(call: CallContext, { body }: InputOf<typeof createWebhook>): Promise<WithSecret> {
    const owner = ownerOf(call.caller);
    await this.refuseUrl(body.url);
    const created = await this.unitOfWork.run(
      call,
      async (tx) => {
        const most = maxWebhooks[owner.companyId === null ? 'organization' : 'company'];
        if ((await this.webhooks.countLocked(tx.manager, owner)) >= most)
          throw new Problem(
            'webhook.limit_reached',
            `You have ${most} webhooks, which is the most. Delete one first.`,
          );
        const webhook: WebhookRecord = {
          id: newId(),
          ...owner,
          url: body.url,
          types: body.types,
          stopIds: body.stopIds ?? null,
          label: body.label ?? null,
          state: 'pending',
          secretGeneration: 1,
          previousSecretUntil: null,
          createdAt: new Date(),
          version: 1,
        };
        await this.webhooks.insert(tx.manager, webhook);
        await this.lanes.insertLane(tx.manager, webhook.id);
        await this.enqueuePing(tx, webhook);
        audit(tx, call.caller, 'webhook.create', null, webhook);
        return present(webhook);
      },
      ({ id }) => id,
    );
    this.afterPing(owner);
    return withSecret(created, this.secrets.of(created.id, 1));
  }

  async list(caller: Caller, { limit, cursor }: { limit: number; cursor?: string | undefined }) {
    const manager = this.database;
    const rows = await this.webhooks.list(manager, ownerOf(caller), decodeIdCursor(cursor), limit + 1);
    const { items, nextCursor } = cutPage(rows, limit, ({ id }) => [id]);
    return { items: items.map(present), nextCursor };
  }

  async get(caller: Caller, id: string): Promise<Webhook> {
    return present(await this.require(caller, id));
  }

  async update(call: CallContext, { id, body }: InputOf<typeof updateWebhook>): Promise<Webhook> {
    if (body.url !== undefined) await this.refuseUrl(body.url);
    const changed = await this.change(call, id, 'webhook.update', async (tx, webhook) => {
      const moved = body.url !== undefined && body.url !== webhook.url;
      const next: WebhookRecord = {
        ...webhook,
        url: body.url ?? webhook.url,
        types: body.types ?? webhook.types,
        stopIds: body.stopIds === undefined ? webhook.stopIds : body.stopIds,
        label: body.label === undefined ? webhook.label : body.label,
        // A new receiver has to want to be one, as the first had to.
        state: moved ? 'pending' : webhook.state,
      };
      if (moved) {
        await this.lanes.resetLane(tx.manager, id);
        await this.enqueuePing(tx, next);
      }
      return next;
    });
    if (body.url !== undefined) this.afterPing(ownerOf(call.caller));
    return changed;
  }

  async delete(call: CallContext, id: string): Promise<null> {
    return this.unitOfWork.run(call, async (tx) => {
      const webhook = await this.lock(tx, call.caller, id);
      refuseStaleVersion(call, webhook.version);
      await this.webhooks.delete(tx.manager, id);
      audit(tx, call.caller, 'webhook.delete', webhook, null);
      return null;
    });
  }

  async move(call: CallContext, id: string, move: WebhookMove): Promise<Webhook> {
    const moved = await this.change(call, id, `webhook.${move}`, async (tx, webhook) => {
      const state = moveTo(webhook.state, move);
      if (state === 'active') await this.lanes.resetLane(tx.manager, id);
      else await this.lanes.setDueAt(tx.manager, id, null);
      return { ...webhook, state };
    });
    this.deliveries.wake();
    return moved;
  }

  async rotateSecret(
    call: CallContext,
    { id, body }: InputOf<typeof rotateWebhookSecret>,
  ): Promise<WithSecret> {
    let generation = 0;
    const rotated = await this.change(call, id, 'webhook.rotate_secret', (_tx, webhook) => {
      generation = webhook.secretGeneration + 1;
      const previousSecretUntil = new Date(Date.now() + body.overlapHours * 3_600_000);
      return Promise.resolve({ ...webhook, secretGeneration: generation, previousSecretUntil });
    });
    // A repeated request is answered from the record of the first, and has the generation of that one.
    const { secretGeneration } = await this.require(call.caller, id);
    return withSecret(rotated, this.secrets.of(id, generation || secretGeneration));
  }

  /** Sends one event of a type, with sample data, and tells how it went. A ping that is taken activates the endpoint. */
  async test(
    call: CallContext,
    { id, body }: InputOf<typeof testWebhook>,
  ): Promise<OutputOf<typeof testWebhook>> {
    const webhook = await this.require(call.caller, id);
    await this.refuseUrl(webhook.url);
    const startedAt = Date.now();
    const { outcome, report } = await this.sender.sendEvent(webhook, sampleOf(body.type as PublicEventType));
    const ms = Date.now() - startedAt;
    if (outcome.kind === 'delivered' && webhook.state === 'pending' && body.type === 'webhook.ping')
      await this.change(call, id, 'webhook.activate', async (tx, pending) => {
        await this.lanes.resetLane(tx.manager, id);
        return { ...pending, state: pending.state === 'pending' ? 'active' : pending.state };
      });
    return { ...report, ms };
  }

  /** Sends again what the log holds of a time and the endpoint wants. */
  async replay(
    call: CallContext,
    { id, body }: InputOf<typeof replayWebhook>,
  ): Promise<{ messages: number }> {
    const from = new Date(body.from);
    const to = body.to === undefined ? new Date() : new Date(body.to);
    const done = await this.unitOfWork.run(call, async (tx) => {
      const webhook = await this.lock(tx, call.caller, id);
      if (!takesMessages(webhook.state))
        throw new Problem('webhook.not_active', `The webhook is ${webhook.state}. Enable it first.`);
      let messages = 0;
      for (let afterSeq = '0'; ;) {
        const page = await this.log.readBetween(tx.manager, readerOf(call.caller), {
          from,
          to,
          afterSeq,
          limit: replayPage,
        });
        const wanted = page.filter((one) =>
          wantsMessage(webhook, one, webhook.companyId !== null && one.public),
        );
        messages += await this.deliveries.enqueue(
          tx.manager,
          wanted.map(({ id: messageId, seq, subject }) => ({ webhookId: id, messageId, seq, key: subject })),
        );
        if (page.length < replayPage) break;
        afterSeq = page.at(-1)?.seq ?? afterSeq;
      }
      if (webhook.state === 'paused') await this.lanes.setDueAt(tx.manager, id, null);
      audit(tx, call.caller, 'webhook.replay', webhook, webhook, { from: body.from, messages });
      return { messages };
    });
    this.deliveries.wake();
    return done;
  }

  private async change(
    call: CallContext,
    id: string,
    action: string,
    change: (tx: TransactionContext, webhook: WebhookRecord) => Promise<WebhookRecord>,
  ): Promise<Webhook> {
    return this.unitOfWork.run(call, async (tx) => {
      const webhook = await this.lock(tx, call.caller, id);
      refuseStaleVersion(call, webhook.version);
      const next = { ...(await change(tx, webhook)), version: webhook.version + 1 };
      await this.webhooks.update(tx.manager, next);
      audit(tx, call.caller, action, webhook, next);
      return present(next);
    });
  }

  private async require(caller: Caller, id: string): Promise<WebhookRecord> {
    const webhook = await this.webhooks.findOfOwner(this.database, ownerOf(caller), id);
    if (webhook === null) throw notFound('webhook');
    return webhook;
  }

  private async lock(tx: TransactionContext, caller: Caller, id: string): Promise<WebhookRecord> {
    const webhook = await this.webhooks.lock(tx.manager, ownerOf(caller), id);
    if (webhook === null) throw notFound('webhook');
    return webhook;
  }

  /** A ping goes to this endpoint alone; that it is taken activates the endpoint. */
  private async enqueuePing(
    tx: TransactionContext,
    { id, organizationId, companyId, version }: WebhookRecord,
  ): Promise<void> {
    await this.log.lockForAppending(tx.manager);
    const [ping] = await this.log.append(tx.manager, [
      {
        id: newId(),
        type: 'webhook.ping',
        time: new Date(),
        subject: `webhook/${id}`,
        organizationId,
        companyId,
        stopId: null,
        public: false,
        data: { webhookId: id, version, href: `/v1/webhooks/${id}` },
      },
    ]);
    if (ping === undefined) throw new Error('The ping has no place in the log.');
    await this.deliveries.enqueue(tx.manager, [
      { webhookId: id, messageId: ping.id, seq: ping.seq, key: ping.subject },
    ]);
  }

  private afterPing(owner: WebhookOwner): void {
    this.deliveries.wake();
    this.signals.send([{ ...owner, stopId: null, public: false }]);
  }

  private async refuseUrl(url: string): Promise<void> {
    try {
      await this.egress.check(url);
    } catch (error) {
      if (!(error instanceof RefusedUrl)) throw error;
      throw new Problem('webhook.url_refused', `The URL ${error.message}.`, {
        errors: [{ pointer: '/url', message: error.message }],
      });
    }
  }
}

function ownerOf({ role, organizationId, companyId }: Caller): WebhookOwner {
  if (role === 'organizer' && organizationId !== undefined) return { organizationId, companyId: null };
  if (role === 'company' && companyId !== undefined) return { organizationId: null, companyId };
  throw new Problem('auth.forbidden', 'Webhooks belong to organizers and companies.');
}

/** The version stands last, where the edge reads it. */
function withSecret({ version, ...webhook }: Webhook, secret: string): WithSecret {
  return { ...webhook, secret, version };
}

function present(webhook: WebhookRecord): Webhook {
  return presentWebhook(webhook, formatInstant);
}

function sampleOf(type: PublicEventType) {
  return publicEventOf({
    id: newId(),
    type,
    time: new Date(),
    subject: 'example/example',
    organizationId: null,
    companyId: null,
    stopId: null,
    public: false,
    data: publicEvents[type].example,
  });
}

/** Without the URL, whose path and query are often a secret. */
function audit(
  tx: TransactionContext,
  { organizationId }: Caller,
  action: string,
  before: WebhookRecord | null,
  after: WebhookRecord | null,
  more: object = {},
): void {
  const shown = (one: WebhookRecord | null) =>
    one && { host: new URL(one.url).host, types: one.types, stopIds: one.stopIds, state: one.state };
  tx.audit({
    resourceType: 'webhook',
    resourceId: (after ?? before)?.id ?? '',
    action,
    organizationId: organizationId ?? null,
    before: shown(before),
    after: after === null ? null : { ...shown(after), ...more },
  });
}
