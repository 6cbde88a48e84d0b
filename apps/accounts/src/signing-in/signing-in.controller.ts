import { Controller } from '@nestjs/common';
import { askSignInCode, signIn, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { AskCodeService } from './ask-code.service.js';
import { SigningInService } from './signing-in.service.js';

@Controller()
export class SigningInController {
  constructor(
    private readonly codes: AskCodeService,
    private readonly signingIn: SigningInService,
  ) {}

  @RequestHandler(askSignInCode)
  ask(input: InputOf<typeof askSignInCode>, call: CallContext) {
    return this.codes.ask(call, input);
  }

  @RequestHandler(signIn)
  signIn(input: InputOf<typeof signIn>, call: CallContext) {
    return this.signingIn.signIn(call, input);
  }
}
