import { Module } from '@nestjs/common';
import { SessionModule } from '../sessions/session.module.js';
import { SpeakerContactsController } from './speaker-contacts.controller.js';
import { SpeakerContacts } from './speaker-contacts.service.js';

@Module({
  imports: [SessionModule],
  controllers: [SpeakerContactsController],
  providers: [SpeakerContacts],
})
export class SpeakerContactsModule {}
