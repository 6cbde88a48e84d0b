import { Inject, Injectable } from '@nestjs/common';
import { Database, UnitOfWork, type Transaction } from '#persistence';
import { CONFIG, FailureLog, LOGGER, type Logger } from '#service';
import { isFamily } from '../addresses/mailbox-family.js';
import { RefusalRepository } from '../addresses/refusals.repository.js';
import type { NotificationsConfig } from '../config.js';
import { MailSender } from '../mail/mail-sender.service.js';
import type { SmtpOutcome } from '../mail/smtp-outcome.js';
import { DigestRepository } from '../notices/digest.repository.js';
import { MailFailures } from './mail-failures.service.js';
import { NoticeRenderer, type Rendered } from '../rendering/notice-renderer.service.js';
import { NoticeRepository } from '../notices/notice.repository.js';
import { settle, type Notice, type Settlement } from '../notices/notice.js';
import { Throttle } from './throttle.js';

/** Mails that are written together, from one round of questions to the owners. */
const maxRendered = 64;
/** Mails on their way at once. */
const maxConnections = 8;
/** While nothing can be sent at all, one mail tries from time to time. */
const accountPausesMs = [2_000, 5_000, 15_000, 30_000, 60_000];
/** Claimed mails whose owners can't be asked wait this long. */
const ownersAwayMs = 15_000;

type Ready = Exclude<Rendered, { dropped: string }> & { readonly notice: Notice };

/** Sends what is due: the most urgent first, each provider at its own pace. */
@Injectable()
export class MailDispatcher {
  private readonly throttle: Throttle;
  private readonly failures: FailureLog;
  private accountFailures = 0;
  private pausedUntil = 0;
  private isStopping = false;

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly notices: NoticeRepository,
    private readonly renderer: NoticeRenderer,
    private readonly sender: MailSender,
    private readonly refusals: RefusalRepository,
    private readonly mailFailures: MailFailures,
    private readonly digests: DigestRepository,
    @Inject(CONFIG) config: NotificationsConfig,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.throttle = new Throttle(config.MAIL_RATE_PER_MINUTE, () => Date.now());
    this.failures = new FailureLog(logger, 'sending mails');
  }

  /** Finishes what is on its way, and gives the rest back. */
  stop(): void {
    this.isStopping = true;
  }

  /** @returns whether there was something to send */
  async sendDue(): Promise<boolean> {
    if (Date.now() < this.pausedUntil || !(await this.notices.hasDue(this.database))) return false;
    const { recovered, claimed } = await this.unitOfWork.transaction(async (manager) => ({
      recovered: await this.notices.recover(manager),
      claimed: await this.notices.claim(manager, this.isTrying ? 1 : maxRendered, this.throttle.resting()),
    }));
    if (claimed.length === 0) return recovered > 0;
    const rendered = await this.render(claimed);
    if (rendered === null) return false;
    await this.drop(claimed, rendered);
    const ready = claimed.flatMap((notice): Ready[] => {
      const one = rendered.get(notice.id);
      return one === undefined || 'dropped' in one ? [] : [{ ...one, notice }];
    });
    for (let from = 0; from < ready.length; from += maxConnections) {
      const batch = ready.slice(from, from + maxConnections);
      // When the account is refused the rest goes back: it has not been tried.
      if (this.isStopping) await this.giveBack(batch, 0);
      else if (Date.now() < this.pausedUntil) await this.giveBack(batch, this.pausedUntil - Date.now());
      else await this.sendBatch(batch);
    }
    return true;
  }

  private get isTrying(): boolean {
    return this.accountFailures > 0;
  }

  private async render(claimed: readonly Notice[]): Promise<ReadonlyMap<string, Rendered> | null> {
    try {
      return await this.renderer.render(claimed);
    } catch (error) {
      this.failures.failed(error);
      await this.release(claimed, ownersAwayMs);
      return null;
    }
  }

  private async drop(claimed: readonly Notice[], rendered: ReadonlyMap<string, Rendered>): Promise<void> {
    const settled = claimed.flatMap(({ id }) => {
      const one = rendered.get(id);
      return one === undefined || !('dropped' in one) ? [] : [{ id, settlement: dropped(one.dropped) }];
    });
    if (settled.length === 0) return;
    await this.unitOfWork.transaction((manager) => this.notices.settle(manager, settled));
  }

  private async sendBatch(batch: readonly Ready[]): Promise<void> {
    const waits = batch.map((one) => ({
      one,
      waitMs: this.throttle.take(one.domainKey, isFamily(one.domainKey)),
    }));
    for (const { one, waitMs } of waits.filter(({ waitMs: ms }) => ms > 0))
      await this.giveBack([one], waitMs);
    const going = waits.filter(({ waitMs }) => waitMs === 0).map(({ one }) => one);
    if (going.length === 0) return;
    const marked = await this.unitOfWork.transaction((manager) =>
      this.notices.markSending(
        manager,
        going.map(({ notice }) => notice.id),
      ),
    );
    const tried = await Promise.all(
      going
        .filter(({ notice }) => marked.has(notice.id))
        .map(async (one) => ({ one, outcome: await this.sender.send(one.mail) })),
    );
    await this.unitOfWork.transaction(async (manager) => {
      for (const { one, outcome } of tried) await this.heed(manager, one, outcome);
      const at = new Date();
      await this.notices.settle(
        manager,
        tried.map(({ one, outcome }) => ({ id: one.notice.id, settlement: settle(one.notice, outcome, at) })),
      );
    });
    this.heedAccount(tried.map(({ outcome }) => outcome));
  }

  /** What an outcome means beyond its mail. */
  private async heed(
    manager: Transaction,
    { notice, domainKey, addressHash }: Ready,
    outcome: SmtpOutcome,
  ): Promise<void> {
    if (outcome.kind === 'domain_deferred') this.throttle.refused(domainKey, isFamily(domainKey));
    if (outcome.kind === 'suppressed') await this.refusals.suppress(manager, addressHash, outcome.reason);
    const isOver = settle(notice, outcome, new Date()).state === 'failed';
    if (isOver) await this.mailFailures.tell(manager, notice, this.digests);
  }

  private heedAccount(outcomes: readonly SmtpOutcome[]): void {
    const refused = outcomes.find(({ kind }) => kind === 'account_deferred');
    if (refused === undefined) {
      if (outcomes.length > 0) this.accountFailures = 0;
      if (outcomes.length > 0) this.failures.recovered();
      return;
    }
    const pauseMs = accountPausesMs[Math.min(this.accountFailures, accountPausesMs.length - 1)] ?? 0;
    this.accountFailures += 1;
    this.pausedUntil = Date.now() + pauseMs;
    this.failures.failed(new Error('reason' in refused ? refused.reason : 'refused'));
  }

  private giveBack(batch: readonly Ready[], waitMs: number): Promise<void> {
    return this.release(
      batch.map(({ notice }) => notice),
      waitMs,
    );
  }

  private async release(notices: readonly Notice[], waitMs: number): Promise<void> {
    const ids = notices.map(({ id }) => id);
    await this.unitOfWork.transaction((manager) => this.notices.release(manager, ids, waitMs));
  }
}

function dropped(reason: string): Settlement {
  return { state: 'dropped', reason, waitMs: 0, isUncertain: false, counts: false };
}
