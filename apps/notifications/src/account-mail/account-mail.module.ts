import { Module } from '@nestjs/common';
import { AccountMailController } from './account-mail.controller.js';

@Module({ controllers: [AccountMailController] })
export class AccountMailModule {}
