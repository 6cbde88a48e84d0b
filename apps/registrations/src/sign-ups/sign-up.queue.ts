import { Injectable } from '@nestjs/common';
import type { InputOf, OutputOf, removeSignup, signUpDelegates } from '#contracts';
import type { CallContext } from '#messaging';
import { CommandQueue, idempotencyKeyOf } from '#persistence';
import { isLarge, type QueuedSignUp, type SignUpAnswer } from './queued-sign-up.js';
import { SessionProjectionService } from './session-projection.service.js';
import { SessionUnknown } from './session-unknown.js';
import { SignUpService } from './sign-up.service.js';

/** The sign-ups of all sessions, decided together. */
@Injectable()
export class SignUpQueue extends CommandQueue<QueuedSignUp, SignUpAnswer> {
  constructor(
    signUps: SignUpService,
    private readonly sessions: SessionProjectionService,
  ) {
    super({
      decide: (queued) => signUps.decide(queued),
      groupOf: ({ sessionId }) => sessionId,
      keyOf: idempotencyKeyOf,
      deadlineOf: ({ call }) => call.deadlineMs,
      isLarge,
    });
  }

  signUp(
    { id, body }: InputOf<typeof signUpDelegates>,
    call: CallContext,
  ): Promise<OutputOf<typeof signUpDelegates>> {
    const queued = { kind: 'signUp', sessionId: id, delegateIds: body.delegateIds, call } as const;
    return this.submit(queued) as Promise<OutputOf<typeof signUpDelegates>>;
  }

  remove({ id, delegateId }: InputOf<typeof removeSignup>, call: CallContext): Promise<null> {
    return this.submit({ kind: 'remove', sessionId: id, delegateId, call }) as Promise<null>;
  }

  /** Fetches a session whose event has not arrived yet, and tries once more. */
  override async submit(queued: QueuedSignUp): Promise<SignUpAnswer> {
    try {
      return await super.submit(queued);
    } catch (error) {
      if (!(error instanceof SessionUnknown)) throw error;
    }
    await this.sessions.require(queued.sessionId);
    return super.submit({ ...queued, isFetched: true });
  }
}
