import { Controller } from '@nestjs/common';
import { listMails, retryMail, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { MailQueryService } from './mail-query.service.js';

@Controller()
export class MailController {
  constructor(private readonly mails: MailQueryService) {}

  @RequestHandler(listMails)
  list(input: InputOf<typeof listMails>, call: CallContext) {
    return this.mails.list(call.caller, input);
  }

  @RequestHandler(retryMail)
  retry(input: InputOf<typeof retryMail>, call: CallContext) {
    return this.mails.retry(call, input.id);
  }
}
