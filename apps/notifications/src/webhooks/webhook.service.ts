import { Injectable } from '@nestjs/common';
import {
  Problem,
  type Caller,
  type InputOf,
  type OutputOf,
  type Webhook,
  type createWebhook,
  type rotateWebhookSecret,
  type updateWebhook,
} from '#contracts';
import type { CallContext } from '#messaging';
import { Database, UnitOfWork, cutPage, decodeIdCursor, newId, refuseStaleVersion } from '#persistence';
import { DeliveryService } from './delivery.service.js';
import { LaneRepository } from './lane.repository.js';
import { WebhookChanges, audit, ownerOf, present } from './webhook-changes.service.js';
import { WebhookPing } from './webhook-ping.service.js';
import { WebhookSecrets } from './webhook-secrets.service.js';
import { maxWebhooks, moveTo, type WebhookMove, type WebhookRecord } from './webhook.js';
import { WebhookRepository } from './webhook.repository.js';

type WithSecret = OutputOf<typeof createWebhook>;

/** What owners do with their endpoints. */
@Injectable()
export class WebhookService {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly webhooks: WebhookRepository,
    private readonly changes: WebhookChanges,
    private readonly lanes: LaneRepository,
    private readonly deliveries: DeliveryService,
    private readonly ping: WebhookPing,
    private readonly secrets: WebhookSecrets,
  ) {}

  async create(call: CallContext, { body }: InputOf<typeof createWebhook>): Promise<WithSecret> {
    const owner = ownerOf(call.caller);
    await this.changes.refuseUrl(body.url);
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
        await this.lanes.insert(tx.manager, webhook.id);
        await this.ping.enqueue(tx, webhook);
        audit(tx, call.caller, 'webhook.create', null, webhook);
        return present(webhook);
      },
      ({ id }) => id,
    );
    this.ping.send(owner);
    return withSecret(created, this.secrets.of(created.id, 1));
  }

  async list(caller: Caller, { limit, cursor }: { limit: number; cursor?: string | undefined }) {
    const manager = this.database;
    const rows = await this.webhooks.list(manager, ownerOf(caller), decodeIdCursor(cursor), limit + 1);
    const { items, nextCursor } = cutPage(rows, limit, ({ id }) => [id]);
    return { items: items.map(present), nextCursor };
  }

  async get(caller: Caller, id: string): Promise<Webhook> {
    return present(await this.changes.require(caller, id));
  }

  async update(call: CallContext, { id, body }: InputOf<typeof updateWebhook>): Promise<Webhook> {
    if (body.url !== undefined) await this.changes.refuseUrl(body.url);
    const changed = await this.changes.run(call, id, 'webhook.update', async (tx, webhook) => {
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
        await this.lanes.reset(tx.manager, id);
        await this.ping.enqueue(tx, next);
      }
      return next;
    });
    if (body.url !== undefined) this.ping.send(ownerOf(call.caller));
    return changed;
  }

  async delete(call: CallContext, id: string): Promise<null> {
    return this.unitOfWork.run(call, async (tx) => {
      const webhook = await this.changes.lock(tx, call.caller, id);
      refuseStaleVersion(call, webhook.version);
      await this.webhooks.delete(tx.manager, id);
      audit(tx, call.caller, 'webhook.delete', webhook, null);
      return null;
    });
  }

  async move(call: CallContext, id: string, move: WebhookMove): Promise<Webhook> {
    const moved = await this.changes.run(call, id, `webhook.${move}`, async (tx, webhook) => {
      const state = moveTo(webhook.state, move);
      if (state === 'active') await this.lanes.reset(tx.manager, id);
      else await this.lanes.rest(tx.manager, id);
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
    const rotated = await this.changes.run(call, id, 'webhook.rotate_secret', (_tx, webhook) => {
      generation = webhook.secretGeneration + 1;
      const previousSecretUntil = new Date(Date.now() + body.overlapHours * 3_600_000);
      return Promise.resolve({ ...webhook, secretGeneration: generation, previousSecretUntil });
    });
    // A repeated request is answered from the record of the first, and has the generation of that one.
    const { secretGeneration } = await this.changes.require(call.caller, id);
    return withSecret(rotated, this.secrets.of(id, generation || secretGeneration));
  }
}

/** The version stands last, where the edge reads it. */
function withSecret({ version, ...webhook }: Webhook, secret: string): WithSecret {
  return { ...webhook, secret, version };
}
