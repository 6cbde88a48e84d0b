import { Controller } from '@nestjs/common';
import {
  getSessionSeats,
  listSignups,
  registrationsCatchUpOnSession,
  removeSignup,
  sessionChanged,
  signUpDelegates,
  type EventOf,
  type InputOf,
} from '#contracts';
import { RequestHandler, EventHandler, type CallContext } from '#messaging';
import { SessionProjectionService } from './session-projection.service.js';
import { SignUpQueryService } from './sign-up-query.service.js';
import { SignUpQueue } from './sign-up.queue.js';

@Controller()
export class SignUpController {
  constructor(
    private readonly sessions: SessionProjectionService,
    private readonly queue: SignUpQueue,
    private readonly queries: SignUpQueryService,
  ) {}

  @RequestHandler(signUpDelegates)
  signUp(input: InputOf<typeof signUpDelegates>, call: CallContext) {
    return this.queue.signUp(input, call);
  }

  @RequestHandler(removeSignup)
  remove(input: InputOf<typeof removeSignup>, call: CallContext) {
    return this.queue.remove(input, call);
  }

  @RequestHandler(listSignups)
  list(input: InputOf<typeof listSignups>, call: CallContext) {
    return this.queries.list(input, call.caller);
  }

  @RequestHandler(getSessionSeats)
  listSeats({ sessionIds }: InputOf<typeof getSessionSeats>) {
    return this.queries.listSeats(sessionIds);
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
