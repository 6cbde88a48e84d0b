import { Controller } from '@nestjs/common';
import {
  listSignups,
  registrationsCatchUpOnSession,
  removeSignup,
  sessionChanged,
  signUpDelegates,
  type EventOf,
  type InputOf,
} from '#contracts';
import { RequestHandler, EventHandler, type CallContext } from '#messaging';
import { SessionRepository } from './session.repository.js';
import { SignUpList } from './sign-up-list.repository.js';
import { SignUpRepository } from './sign-up.repository.js';

@Controller()
export class SignUpController {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly signUps: SignUpRepository,
    private readonly signUpList: SignUpList,
  ) {}

  @RequestHandler(signUpDelegates)
  signUp(input: InputOf<typeof signUpDelegates>, call: CallContext) {
    return this.signUps.signUp(input, call);
  }

  @RequestHandler(removeSignup)
  remove(input: InputOf<typeof removeSignup>, call: CallContext) {
    return this.signUps.remove(input, call);
  }

  @RequestHandler(listSignups)
  list(input: InputOf<typeof listSignups>, call: CallContext) {
    return this.signUpList.list(input, call.caller);
  }

  @EventHandler(sessionChanged)
  apply(event: EventOf<typeof sessionChanged>): Promise<void> {
    return this.sessions.applyEvent(event);
  }

  @RequestHandler(registrationsCatchUpOnSession)
  async catchUp({ id, version }: InputOf<typeof registrationsCatchUpOnSession>): Promise<null> {
    await this.sessions.catchUp(id, version);
    return null;
  }
}
