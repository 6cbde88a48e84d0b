import { Controller } from '@nestjs/common';
import { Problem, sendAccountMail, type InputOf } from '#contracts';
import { RequestHandler } from '#messaging';

/** As long as the service has no way to send mail, every mail is refused, so that nobody waits for one. */
@Controller()
export class AccountMailController {
  @RequestHandler(sendAccountMail)
  send(_input: InputOf<typeof sendAccountMail>): Promise<null> {
    return Promise.reject(new Problem('mail.not_configured', 'This installation sends no mail.'));
  }
}
