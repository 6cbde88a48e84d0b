import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Problem } from '#contracts';
import { CONFIG } from '#service';
import type { NotificationsConfig } from '../config.js';
import { mailModeOf, type Mailbox, type MailMode } from './mail-settings.js';
import { mimeOf } from './mime.js';
import type { OutgoingMail } from './outgoing-mail.js';
import { SmtpConnections, SmtpError } from './smtp-connections.service.js';
import { outcomeOf, type SmtpOutcome } from './smtp-outcome.js';

/** Sends mails over the installation's SMTP server, one try at a time. */
@Injectable()
export class MailSender implements OnApplicationShutdown {
  readonly mode: MailMode;
  private readonly from: Mailbox | undefined;
  private readonly connections: SmtpConnections | undefined;

  constructor(@Inject(CONFIG) private readonly config: NotificationsConfig) {
    this.mode = mailModeOf(config);
    this.from = config.MAIL_FROM;
    if (this.mode !== 'off' && config.SMTP_URL !== undefined && this.from !== undefined)
      this.connections = new SmtpConnections(config.SMTP_URL, this.domain);
  }

  onApplicationShutdown(): void {
    this.connections?.close();
  }

  /** The domain of the sender, with which Message-IDs end. */
  get domain(): string {
    return this.from?.address.split('@')[1] ?? 'localhost';
  }

  /** Of the sender; entries in calendars are this mailbox's. */
  get address(): string {
    return this.from?.address ?? '';
  }

  get canSend(): boolean {
    return this.connections !== undefined;
  }

  /** @throws Problem `mail.not_configured` where no mail is sent here */
  requireConfigured(): void {
    if (!this.canSend)
      throw new Problem('mail.not_configured', 'No mail is sent here: SMTP_URL and MAIL_FROM are not set.');
  }

  /** Tries once. Never rejects for what the server does. */
  async send(mail: OutgoingMail): Promise<SmtpOutcome> {
    const { connections, from } = this;
    if (connections === undefined || from === undefined)
      return { kind: 'account_deferred', reason: 'no mail is sent here' };
    const to = this.mode === 'capture' ? (this.config.MAIL_CAPTURE_TO ?? from.address) : mail.to;
    try {
      await connections.send(from.address, to, await mimeOf(mail, from));
      return { kind: 'accepted' };
    } catch (error) {
      if (error instanceof SmtpError) return outcomeOf(error.failure);
      throw error;
    }
  }
}
