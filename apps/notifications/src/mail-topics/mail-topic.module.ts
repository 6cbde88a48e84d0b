import { Module } from '@nestjs/common';
import { MailModule } from '../mail/mail.module.js';
import { MailNews } from './mail-news.service.js';
import { MailTopicRepository } from './mail-topic.repository.js';

@Module({
  imports: [MailModule],
  providers: [MailNews, MailTopicRepository],
  exports: [MailNews, MailTopicRepository],
})
export class MailTopicModule {}
