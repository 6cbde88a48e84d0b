import type { Call } from '#contracts';
import type { CompanyRecord, CompanyView } from './company.js';

/** A sign-up as it waits to be decided: the company as it will be, if its credit code is free. */
export interface QueuedSignUp {
  readonly company: CompanyRecord;
  readonly call: Call & { replayed?: boolean };
}

/** What is kept for repeated requests. The key itself is derived from its id for each answer. */
export interface SignUpAnswer {
  readonly company: CompanyView;
  readonly keyId: string;
}
