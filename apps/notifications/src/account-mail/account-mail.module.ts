import { Module } from '@nestjs/common';
import { MailModule } from '../mail/mail.module.js';
import { AccountMailController } from './account-mail.controller.js';
import { AccountMailService } from './account-mail.service.js';

@Module({ imports: [MailModule], controllers: [AccountMailController], providers: [AccountMailService] })
export class AccountMailModule {}
