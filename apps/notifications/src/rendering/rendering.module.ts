import { Module } from '@nestjs/common';
import { AddressesModule } from '../addresses/addresses.module.js';
import { MailModule } from '../mail/mail.module.js';
import { SettingsModule } from '../notification-settings/settings.module.js';
import { OwnersModule } from '../owners/owners.module.js';
import { TemplateModule } from '../templates/template.module.js';
import { AnnouncementTextRepository } from './announcement-text.repository.js';
import { NoticeRenderer } from './notice-renderer.service.js';

@Module({
  imports: [AddressesModule, MailModule, SettingsModule, OwnersModule, TemplateModule],
  providers: [AnnouncementTextRepository, NoticeRenderer],
  exports: [NoticeRenderer],
})
export class RenderingModule {}
