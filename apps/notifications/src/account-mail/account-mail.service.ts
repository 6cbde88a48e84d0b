import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Problem } from '#contracts';
import { LOGGER, type Logger } from '#service';
import { LRUCache } from 'lru-cache';
import { layOut } from '../mail/mail-layout.js';
import { MailSender } from '../mail/mail-sender.service.js';
import { accountMailText, type AccountMail } from './account-mail-text.js';

const maxWaiting = 1_000;
const maxAtOnce = 4;
/** Where the mail itself does not say when it is of no use any more. */
const goodForMs = 10 * 60_000;
const retryAfterMs = [2_000, 5_000, 15_000, 30_000, 60_000];
/** Ids that are remembered, so that a request that is repeated sends nothing twice. */
const maxRemembered = 10_000;

interface Waiting {
  readonly mail: AccountMail;
  readonly until: number;
  tries: number;
}

/**
 * Sends sign-in codes and invitations at once. They are kept in memory alone: a code is good for minutes, and a mail that
 * is lost with its process is asked for again by the person who waits for it.
 */
@Injectable()
export class AccountMailService implements OnApplicationShutdown {
  private readonly waiting: Waiting[] = [];
  private readonly known = new LRUCache<string, true>({ max: maxRemembered });
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly sender: MailSender,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Takes a mail, without waiting for the SMTP server: how long that takes would tell whether an address is known. */
  async accept(mail: AccountMail): Promise<null> {
    this.sender.requireConfigured();
    if (this.known.has(mail.mailId)) return null;
    if (this.waiting.length + this.timers.size >= maxWaiting)
      throw new Problem('service.unavailable', 'Too many mails wait to be sent.', { retryAfterSeconds: 30 });
    this.known.set(mail.mailId, true);
    const until = mail.expiresAt === undefined ? Date.now() + goodForMs : Date.parse(mail.expiresAt);
    this.waiting.push({ mail, until, tries: 0 });
    this.sendNext();
    return null;
  }

  async onApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer);
    await Promise.all(this.underWay);
  }

  private sendNext(): void {
    while (this.underWay.size < maxAtOnce) {
      const next = this.waiting.shift();
      if (next === undefined) return;
      const done = this.send(next)
        .catch((error: unknown) => this.logger.error({ err: error }, 'account mail failed'))
        .finally(() => {
          this.underWay.delete(done);
          this.sendNext();
        });
      this.underWay.add(done);
    }
  }

  private async send(one: Waiting): Promise<void> {
    const { mail, until } = one;
    if (Date.now() >= until) return this.dropped(mail, 'it came too late');
    const outcome = await this.sender.send({
      ...contentOf(mail),
      to: mail.email,
      messageId: `${mail.mailId}@${this.sender.domain}`,
      fromName: null,
      replyTo: null,
    });
    switch (outcome.kind) {
      case 'accepted':
        return;
      case 'deferred':
      case 'domain_deferred':
      case 'account_deferred':
        return this.tryAgain(one, outcome.reason);
      case 'suppressed':
      case 'failed':
      case 'unknown':
        return this.dropped(mail, outcome.reason);
    }
  }

  private tryAgain(one: Waiting, reason: string): void {
    const afterMs = retryAfterMs[Math.min(one.tries, retryAfterMs.length - 1)] ?? 0;
    if (Date.now() + afterMs >= one.until) return this.dropped(one.mail, reason);
    one.tries += 1;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.waiting.push(one);
      this.sendNext();
    }, afterMs);
    this.timers.add(timer);
  }

  private dropped({ kind, mailId }: AccountMail, reason: string): void {
    this.logger.warn({ kind, mailId, reason }, 'account mail not sent');
  }
}

function contentOf(mail: AccountMail) {
  const languages = mail.language === null ? (['zh', 'en'] as const) : [mail.language];
  return layOut(
    languages.map((language) => ({ language, text: accountMailText(mail, language) })),
    'Waystop',
  );
}
