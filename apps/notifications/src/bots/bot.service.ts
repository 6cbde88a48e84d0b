import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import {
  Problem,
  formatInstant,
  notFound,
  type Bot,
  type Caller,
  type InputOf,
  type OutputOf,
  type createBot,
  type testBot,
  type updateBot,
} from '#contracts';
import type { CallContext } from '#messaging';
import {
  Database,
  UnitOfWork,
  cutPage,
  decodeIdCursor,
  newId,
  refuseStaleVersion,
  type TransactionContext,
} from '#persistence';
import { RefusedUrl } from '../egress/receiver-url.js';
import { BotAddresses } from './bot-addresses.service.js';
import { BotLanes } from './bot-lanes.service.js';
import { BotSender } from './bot-sender.service.js';
import { maskUrl, maxBots, presentBot, type BotRecord } from './bot.js';
import { BotRepository } from './bot.repository.js';

/** A test waits for its place in the robot's budget for this long at most. */
const maxWaitMs = 10_000;
const testText = {
  zh: { title: 'Waystop', markdown: '这是一条测试消息。' },
  en: { title: 'Waystop', markdown: 'This is a test message.' },
} as const;

/** What organizers do with their robots. */
@Injectable()
export class BotService {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly bots: BotRepository,
    private readonly addresses: BotAddresses,
    private readonly sender: BotSender,
    private readonly lanes: BotLanes,
  ) {}

  async create(call: CallContext, { body }: InputOf<typeof createBot>): Promise<Bot> {
    const organizationId = ownerOf(call.caller);
    await this.refuseUrl(body.kind, body.url);
    return this.unitOfWork.run(
      call,
      async (tx) => {
        if ((await this.bots.countLocked(tx.manager, organizationId)) >= maxBots)
          throw new Problem(
            'bot.refused',
            `You have ${maxBots} chat robots, which is the most. Delete one first.`,
          );
        const id = newId();
        const bot: BotRecord = {
          id,
          organizationId,
          kind: body.kind,
          sealed: this.addresses.seal(id, { url: body.url, secret: body.secret ?? null }),
          maskedUrl: maskUrl(body.url),
          types: body.types,
          stopIds: body.stopIds ?? null,
          language: body.language,
          state: 'active',
          createdAt: new Date(),
          version: 1,
        };
        await this.bots.insert(tx.manager, bot);
        audit(tx, 'bot.create', null, bot);
        return present(bot);
      },
      ({ id }) => id,
    );
  }

  async list(caller: Caller, { limit, cursor }: { limit: number; cursor?: string | undefined }) {
    const afterId = decodeIdCursor(cursor);
    const rows = await this.bots.list(this.database, ownerOf(caller), afterId, limit + 1);
    const { items, nextCursor } = cutPage(rows, limit, ({ id }) => [id]);
    return { items: items.map(present), nextCursor };
  }

  async get(caller: Caller, id: string): Promise<Bot> {
    return present(await this.require(caller, id));
  }

  async update(call: CallContext, { id, body }: InputOf<typeof updateBot>): Promise<Bot> {
    const { kind } = await this.require(call.caller, id);
    if (body.url !== undefined) await this.refuseUrl(kind, body.url);
    const changed = await this.unitOfWork.run(call, async (tx) => {
      const bot = await this.lock(tx, call.caller, id);
      refuseStaleVersion(call, bot.version);
      const before = this.addresses.open(bot);
      const address = {
        url: body.url ?? before.url,
        secret: body.secret === undefined ? before.secret : body.secret,
      };
      const next: BotRecord = {
        ...bot,
        sealed: this.addresses.seal(id, address),
        maskedUrl: maskUrl(address.url),
        types: body.types ?? bot.types,
        stopIds: body.stopIds === undefined ? bot.stopIds : body.stopIds,
        language: body.language ?? bot.language,
        state: 'active',
        version: bot.version + 1,
      };
      await this.bots.update(tx.manager, columnsOf(next));
      await this.bots.reset(tx.manager, id);
      audit(tx, 'bot.update', bot, next);
      return present(next);
    });
    this.lanes.wake();
    return changed;
  }

  async delete(call: CallContext, id: string): Promise<null> {
    return this.unitOfWork.run(call, async (tx) => {
      const bot = await this.lock(tx, call.caller, id);
      refuseStaleVersion(call, bot.version);
      await this.bots.delete(tx.manager, id);
      audit(tx, 'bot.delete', bot, null);
      return null;
    });
  }

  /** Writes one message into the group, within the robot's budget. One that is taken makes a disabled robot active. */
  async test(caller: Caller, id: string): Promise<OutputOf<typeof testBot>> {
    const bot = await this.require(caller, id);
    await this.refuseUrl(bot.kind, this.addresses.open(bot).url);
    const at = await this.unitOfWork.transaction((manager) => this.bots.takeBudget(manager, bot));
    const waitMs = at.getTime() - Date.now();
    if (waitMs > maxWaitMs)
      throw new Problem('bot.refused', 'Too many messages wait for this robot. Try again in a minute.');
    if (waitMs > 0) await pause(waitMs);
    const startedAt = Date.now();
    const { outcome, report } = await this.sender.send(bot, testText[bot.language]);
    if (outcome.kind !== 'delivered')
      throw new Problem('bot.refused', report.error ?? 'The robot refused the message.');
    await this.revive(caller, id);
    return { ...report, ms: Date.now() - startedAt };
  }

  private async revive(caller: Caller, id: string): Promise<void> {
    await this.unitOfWork.transaction(async (manager) => {
      const bot = await this.bots.lock(manager, ownerOf(caller), id);
      if (bot === null) return;
      if (bot.state === 'disabled')
        await this.bots.update(manager, columnsOf({ ...bot, state: 'active', version: bot.version + 1 }));
      await this.bots.reset(manager, id);
    });
    this.lanes.wake();
  }

  private async require(caller: Caller, id: string): Promise<BotRecord> {
    const bot = await this.bots.findOfOwner(this.database, ownerOf(caller), id);
    if (bot === null) throw notFound('bot');
    return bot;
  }

  private async lock(tx: TransactionContext, caller: Caller, id: string): Promise<BotRecord> {
    const bot = await this.bots.lock(tx.manager, ownerOf(caller), id);
    if (bot === null) throw notFound('bot');
    return bot;
  }

  private async refuseUrl(kind: BotRecord['kind'], url: string): Promise<void> {
    try {
      await this.sender.check(kind, url);
    } catch (error) {
      if (!(error instanceof RefusedUrl)) throw error;
      throw new Problem('bot.host_refused', `The URL ${error.message}.`, {
        errors: [{ pointer: '/url', message: error.message }],
      });
    }
  }
}

function ownerOf({ role, organizationId }: Caller): string {
  if (role === 'organizer' && organizationId !== undefined) return organizationId;
  throw new Problem('auth.forbidden', 'Chat robots belong to organizers.');
}

function present(bot: BotRecord): Bot {
  return presentBot(bot, formatInstant);
}

/** A record as it is stored, without what its lane keeps in the same row. */
function columnsOf(bot: BotRecord): BotRecord {
  const { id, organizationId, kind, sealed, maskedUrl, types, stopIds, language, state, createdAt, version } =
    bot;
  return { id, organizationId, kind, sealed, maskedUrl, types, stopIds, language, state, createdAt, version };
}

/** Robots stand among the webhooks in the audit, without their URLs. */
function audit(
  tx: TransactionContext,
  action: string,
  before: BotRecord | null,
  after: BotRecord | null,
): void {
  const shown = (one: BotRecord | null) =>
    one && {
      kind: one.kind,
      types: one.types,
      stopIds: one.stopIds,
      language: one.language,
      state: one.state,
    };
  tx.audit({
    resourceType: 'webhook',
    resourceId: (after ?? before)?.id ?? '',
    action,
    organizationId: (after ?? before)?.organizationId ?? null,
    before: shown(before),
    after: shown(after),
  });
}
