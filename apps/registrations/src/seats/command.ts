import type { Delegate } from './delegation.js';
import type { StopSnapshot } from './stop-seats.js';

/** Who asks. Which keys may ask for what at all is decided at the edge; whose things they are, here. */
export type Actor =
  | { readonly role: 'company'; readonly companyId: string }
  | { readonly role: 'organizer'; readonly organizationId: string };

/** Ids and badges are made by the caller, so that deciding needs neither a clock nor chance. */
export interface Register {
  readonly kind: 'register';
  readonly companyId: string;
  readonly registrationId: string;
  readonly delegates: readonly Delegate[];
  readonly note: string | null;
  readonly consentTextVersion: string | null;
}

interface OfRegistration {
  readonly by: Actor;
  readonly registrationId: string;
  /** The version that `If-Match` names; absent where the caller sent none. */
  readonly ifMatch?: number | undefined;
}

export interface ChangeStatus extends OfRegistration {
  readonly kind: 'cancel' | 'approve' | 'decline';
  /** Why it is declined or cancelled, where the caller says so. */
  readonly reason?: string | null;
}

export interface AddDelegate extends OfRegistration {
  readonly kind: 'addDelegate';
  readonly delegate: Delegate;
}

/** A merge patch (RFC 7396): what is absent stays, null clears. */
export interface DelegatePatch {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly mobile?: string | null | undefined;
  readonly jobTitle?: string | null | undefined;
  readonly language?: 'zh' | 'en' | null | undefined;
}

export interface SubstituteDelegate extends OfRegistration {
  readonly kind: 'substituteDelegate';
  readonly delegateId: string;
  readonly patch: DelegatePatch;
  /** Used only where the e-mail is a new one. */
  readonly newBadge: string;
}

export interface RemoveDelegate extends OfRegistration {
  readonly kind: 'removeDelegate';
  readonly delegateId: string;
}

/** A new badge for the same person: the old one was lost, or seen by others. */
export interface ReissueBadge extends OfRegistration {
  readonly kind: 'reissueBadge';
  readonly delegateId: string;
  readonly newBadge: string;
}

/** Takes away who somebody was, and leaves the seat. */
export interface Erase extends OfRegistration {
  readonly kind: 'erase';
  /** Null for all delegates of the registration. */
  readonly delegateId: string | null;
}

/** The stop as its own service now has it: any mixture of new capacity, window, times, policies and status. */
export interface StopChanged {
  readonly kind: 'stopChanged';
  readonly stop: StopSnapshot;
  /** Why it was cancelled, where it was. */
  readonly cancelReason?: string | null;
}

export type Amend = AddDelegate | SubstituteDelegate | RemoveDelegate | ReissueBadge | Erase;
export type Command = Register | ChangeStatus | Amend | StopChanged;
