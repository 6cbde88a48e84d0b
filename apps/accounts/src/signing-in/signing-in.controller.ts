import { Controller } from '@nestjs/common';
import { askSignInCode, signIn, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { AskCodeService } from './ask-code.service.js';
import { SigningInQueue } from './signing-in.queue.js';

@Controller()
export class SigningInController {
  constructor(
    private readonly codes: AskCodeService,
    private readonly signingIn: SigningInQueue,
  ) {}

  @RequestHandler(askSignInCode)
  ask(input: InputOf<typeof askSignInCode>, call: CallContext) {
    return this.codes.ask(call, input);
  }

  @RequestHandler(signIn)
  signIn(input: InputOf<typeof signIn>, call: CallContext) {
    return this.signingIn.submit({ call, input });
  }
}
