import { Injectable } from '@nestjs/common';
import type { InputOf, SignedIn, signIn } from '#contracts';
import type { CallContext } from '#messaging';
import { CommandQueue } from '#persistence';
import { SigningInService } from './signing-in.service.js';

interface QueuedSigningIn {
  readonly input: InputOf<typeof signIn>;
  readonly call: CallContext;
}

/** More at once make no sign-in quicker, and take the database from those who register meanwhile. */
const mostAtOnce = 2;

/** The attempts to sign in at this process: few at a time, each by itself, in the order in which they came. */
@Injectable()
export class SigningInQueue extends CommandQueue<QueuedSigningIn, SignedIn> {
  constructor(signingIn: SigningInService) {
    super({
      decide: (attempts) =>
        Promise.all(
          attempts.map(async ({ call, input }) => ({
            ok: true,
            answer: await signingIn.signIn(call, input),
          })),
        ),
      deadlineOf: ({ call }) => call.deadlineMs,
      batching: false,
      maxAlone: mostAtOnce,
    });
  }
}
