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
import { EventBatchHandler, RequestHandler, type CallContext } from '#messaging';
import { SessionProjectionService } from './session-projection.service.js';
import { SignUpQueryService } from './sign-up-query.service.js';
import { SignUpQueue } from './sign-up.queue.js';

/**
 * An import changes a thousand sessions at once. A request that needs the present state asks for it, and public seats may
 * be a second behind.
 */
const gathered = { gatherMs: 200 };

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

  @EventBatchHandler(sessionChanged, gathered)
  apply(events: readonly EventOf<typeof sessionChanged>[]): Promise<void> {
    return this.sessions.applyEvents(events);
  }

  @RequestHandler(registrationsCatchUpOnSession)
  async catchUp({ id, version }: InputOf<typeof registrationsCatchUpOnSession>): Promise<null> {
    await this.sessions.catchUp(id, version);
    return null;
  }
}
