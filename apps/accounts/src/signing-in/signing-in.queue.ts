import { Injectable } from '@nestjs/common';
import type { InputOf, SignedIn, signIn } from '#contracts';
import type { CallContext } from '#messaging';
import { CommandQueue, oneByOne } from '#persistence';
import { SigningInService } from './signing-in.service.js';

interface QueuedSigningIn {
  readonly input: InputOf<typeof signIn>;
  readonly call: CallContext;
}

/**
 * The attempts to sign in at this process, one at a time, in the order in which they came. Side by side they would take
 * both the processor and the database from those who register meanwhile; one takes a few milliseconds.
 */
@Injectable()
export class SigningInQueue extends CommandQueue<QueuedSigningIn, SignedIn> {
  constructor(signingIn: SigningInService) {
    super({
      ...oneByOne(({ call, input }) => signingIn.signIn(call, input)),
      deadlineOf: ({ call }) => call.deadlineMs,
      maxAlone: 1,
    });
  }
}
