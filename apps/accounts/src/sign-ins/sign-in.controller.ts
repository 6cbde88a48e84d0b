import { Controller } from '@nestjs/common';
import { endSignIn, listSignIns, signOut, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { SignInService } from './sign-in.service.js';

@Controller()
export class SignInController {
  constructor(private readonly signIns: SignInService) {}

  @RequestHandler(signOut)
  signOut(_input: InputOf<typeof signOut>, call: CallContext) {
    return this.signIns.signOut(call);
  }

  @RequestHandler(listSignIns)
  list(input: InputOf<typeof listSignIns>, call: CallContext) {
    return this.signIns.list(call.caller, input);
  }

  @RequestHandler(endSignIn)
  end(input: InputOf<typeof endSignIn>, call: CallContext) {
    return this.signIns.endOwn(call, input.id);
  }
}
