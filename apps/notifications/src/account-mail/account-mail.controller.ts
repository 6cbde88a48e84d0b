import { Controller } from '@nestjs/common';
import { sendAccountMail, type InputOf } from '#contracts';
import { RequestHandler } from '#messaging';
import { AccountMailService } from './account-mail.service.js';

@Controller()
export class AccountMailController {
  constructor(private readonly mails: AccountMailService) {}

  @RequestHandler(sendAccountMail)
  send(input: InputOf<typeof sendAccountMail>) {
    return this.mails.accept(input);
  }
}
