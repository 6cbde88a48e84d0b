import { Injectable } from '@nestjs/common';
import type { Transaction } from '#persistence';
import { MailSender } from '../mail/mail-sender.service.js';
import type { TopicNews } from './mail-topic.js';
import { MailTopicRepository } from './mail-topic.repository.js';

/** Takes down what mails have to look at, in the transaction that made it known. */
@Injectable()
export class MailNews {
  constructor(
    private readonly sender: MailSender,
    private readonly topics: MailTopicRepository,
  ) {}

  /** Where no mail is sent nothing waits for the day when it is: what happened until then makes no mail. */
  async note(manager: Transaction, news: readonly TopicNews[]): Promise<void> {
    if (this.sender.canSend) await this.topics.note(manager, news);
  }
}
