import { Module } from '@nestjs/common';
import { AddressesModule } from '../addresses/addresses.module.js';
import { KnownStopModule } from '../stops/known-stop.module.js';
import { MailModule } from '../mail/mail.module.js';
import { MailController } from './mail.controller.js';
import { CalendarUidRepository } from './calendar-uid.repository.js';
import { DigestRepository } from './digest.repository.js';
import { MailQueryService } from './mail-query.service.js';
import { NoticeRepository } from './notice.repository.js';
import { NoticeWriter } from './notice-writer.service.js';

@Module({
  imports: [AddressesModule, KnownStopModule, MailModule],
  controllers: [MailController],
  providers: [CalendarUidRepository, DigestRepository, MailQueryService, NoticeRepository, NoticeWriter],
  exports: [CalendarUidRepository, DigestRepository, MailQueryService, NoticeRepository, NoticeWriter],
})
export class NoticeModule {}
