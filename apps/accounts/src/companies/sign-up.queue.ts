import { Injectable } from '@nestjs/common';
import type { OutputOf, createCompany } from '#contracts';
import type { CallContext } from '#messaging';
import { CommandQueue, idempotencyKeyOf, newId } from '#persistence';
import { tracedBatch } from '#tracing';
import { KeyDerivation } from '../api-keys/key-derivation.service.js';
import { newCompany, type CompanyDraft } from './company.js';
import type { QueuedSignUp, SignUpAnswer } from './queued-sign-up.js';
import { SignUpService } from './sign-up.service.js';

/** The sign-ups of this process, decided together. Those with one credit code go in the order of their arrival. */
@Injectable()
export class SignUpQueue extends CommandQueue<QueuedSignUp, SignUpAnswer> {
  constructor(
    signUps: SignUpService,
    private readonly derivation: KeyDerivation,
  ) {
    super({
      decide: tracedBatch(batchSpan, (queued: readonly QueuedSignUp[]) => signUps.decide(queued)),
      groupOf: ({ company }) => company.uscc,
      keyOf: idempotencyKeyOf,
      deadlineOf: ({ call }) => call.deadlineMs,
    });
  }

  /** Signs a company up and makes its first key. @throws Problem `company.uscc_taken` */
  async signUp(draft: CompanyDraft, call: CallContext): Promise<OutputOf<typeof createCompany>> {
    const { company, keyId } = await this.submit({ company: newCompany(newId(), draft, new Date()), call });
    return { company, apiKey: this.derivation.derive(keyId, 'company') };
  }
}

/** What the spans of a batch say: one transaction answers many requests. */
function batchSpan(queued: readonly QueuedSignUp[]) {
  return {
    name: 'sign companies up',
    attributes: { 'waystop.batch_sign_ups': queued.length },
    parents: queued.map(({ call }) => call.traceparent),
  };
}
