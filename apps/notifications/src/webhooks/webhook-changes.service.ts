import { Injectable } from '@nestjs/common';
import { Problem, formatInstant, notFound, type Caller, type Webhook } from '#contracts';
import type { CallContext } from '#messaging';
import { Database, UnitOfWork, refuseStaleVersion, type TransactionContext } from '#persistence';
import { EgressService } from '../egress/egress.service.js';
import { RefusedUrl } from '../egress/receiver-url.js';
import { presentWebhook, type WebhookOwner, type WebhookRecord } from './webhook.js';
import { WebhookRepository } from './webhook.repository.js';

/** What all changes of endpoints have in common: whose they are, the version, and the audit. */
@Injectable()
export class WebhookChanges {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly webhooks: WebhookRepository,
    private readonly egress: EgressService,
  ) {}

  /** Changes one endpoint in a transaction. */
  async run(
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

  /** @throws Problem `resource.not_found` */
  async require(caller: Caller, id: string): Promise<WebhookRecord> {
    const webhook = await this.webhooks.findOfOwner(this.database, ownerOf(caller), id);
    if (webhook === null) throw notFound('webhook');
    return webhook;
  }

  /** @throws Problem `resource.not_found` */
  async lock(tx: TransactionContext, caller: Caller, id: string): Promise<WebhookRecord> {
    const webhook = await this.webhooks.lock(tx.manager, ownerOf(caller), id);
    if (webhook === null) throw notFound('webhook');
    return webhook;
  }

  /** @throws Problem `webhook.url_refused` */
  async refuseUrl(url: string): Promise<void> {
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

export function ownerOf({ role, organizationId, companyId }: Caller): WebhookOwner {
  if (role === 'organizer' && organizationId !== undefined) return { organizationId, companyId: null };
  if (role === 'company' && companyId !== undefined) return { organizationId: null, companyId };
  throw new Problem('auth.forbidden', 'Webhooks belong to organizers and companies.');
}

export function present(webhook: WebhookRecord): Webhook {
  return presentWebhook(webhook, formatInstant);
}

/** Without the URL, whose path and query are often a secret. */
export function audit(
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
