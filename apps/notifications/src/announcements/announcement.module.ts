import { Module } from '@nestjs/common';
import { AddressesModule } from '../addresses/addresses.module.js';
import { MailModule } from '../mail/mail.module.js';
import { NoticeModule } from '../notices/notice.module.js';
import { OwnersModule } from '../owners/owners.module.js';
import { RenderingModule } from '../rendering/rendering.module.js';
import { AnnouncementController } from './announcement.controller.js';
import { AnnouncementRepository } from './announcement.repository.js';
import { AnnouncementService } from './announcement.service.js';
import { AudienceService } from './audience.service.js';
import { UnsubscribeService } from './unsubscribe.service.js';

@Module({
  imports: [AddressesModule, MailModule, NoticeModule, OwnersModule, RenderingModule],
  controllers: [AnnouncementController],
  providers: [AnnouncementService, AnnouncementRepository, AudienceService, UnsubscribeService],
})
export class AnnouncementModule {}
