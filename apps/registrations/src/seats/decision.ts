import type { Refusal } from './refusal.js';
import type { Delegation } from './delegation.js';
import type { StopSeats } from './stop-seats.js';

/** A delegation as the waiting list needs it: 2,000 of these are cheap, with their delegates they would not be. */
export interface Waiting {
  readonly id: string;
  readonly companyId: string;
  readonly seats: number;
  readonly queueNumber: number;
  readonly version: number;
}

export type VerificationStatus = 'unverified' | 'verified' | 'suspended';

/** What the deciding transaction has loaded after it locked the stop's seat row; `load-plan.ts` says what that must be. */
export interface SeatsState {
  readonly stop: StopSeats;
  /** The delegations that the commands name: by id in any status, by company the live one. */
  readonly delegations: readonly Delegation[];
  /** The waiting list in queue order, whole; null where `needsWaitingList` says that it is not needed. */
  readonly waiting: readonly Waiting[] | null;
  /** The companies' standings with the stop's organization; who is missing is unverified. */
  readonly standings: ReadonlyMap<string, VerificationStatus>;
  /** Seats of the delegations that are to be erased from which somebody left who is still kept. */
  readonly departed?: ReadonlySet<string>;
}

/** A delegation that left the waiting list for seats. Its delegates stay as they are, so they need no loading. */
export interface Promotion {
  readonly id: string;
  readonly companyId: string;
  readonly seats: number;
  readonly status: 'confirmed' | 'pending';
  readonly version: number;
}

export interface Refused {
  readonly accepted: false;
  readonly refusal: Refusal;
}

export interface Accepted {
  readonly accepted: true;
  /** The delegation before and after this very command; both null for `stopChanged`, equal where nothing changed. */
  readonly before: Delegation | null;
  readonly after: Delegation | null;
  /** 1-based, right after this command; null unless `after` waits. */
  readonly waitlistPosition: number | null;
  readonly promotions: readonly Promotion[];
  /** Delegates who lost their seat here: their sign-ups to sessions end. */
  readonly unseatedDelegateIds: readonly string[];
}

export type Decision = Accepted | Refused;

/** Everything to write, after the last command; `decisions` stand in the order of the commands. */
export interface Outcome {
  readonly decisions: readonly Decision[];
  readonly stop: StopSeats;
  /** Each named delegation that changed, as loaded (null: new) and as it is now. */
  readonly changes: readonly { readonly before: Delegation | null; readonly after: Delegation }[];
  /** Promotions of delegations that were not loaded with their delegates; the others are in `changes`. */
  readonly promotions: readonly Promotion[];
  /**
   * The stop was cancelled, which is final: once the rest is written, every delegation still live becomes cancelled,
   * its version raised by one.
   */
  readonly everyLiveCancelled: boolean;
}

/** A refusal as a decision. */
export function refuse(refusal: Refusal): Refused {
  return { accepted: false, refusal };
}
