/** The problem codes that the rules of this service answer with. */
export type RefusalCode =
  | 'auth.forbidden'
  | 'badge.not_valid'
  | 'badge.unknown'
  | 'badge.wrong_stop'
  | 'company.suspended'
  | 'company.unverified'
  | 'precondition.failed'
  | 'registration.closed'
  | 'registration.duplicate'
  | 'registration.full'
  | 'registration.invalid_transition'
  | 'registration.last_delegate'
  | 'registration.not_open'
  | 'registration.too_many_delegates'
  | 'request.invalid'
  | 'resource.not_found'
  | 'session.closed'
  | 'session.full'
  | 'session.invalid_transition'
  | 'signup.not_confirmed'
  | 'signup.overlap'
  | 'stop.cancelled';

/** Why a command was refused. It is a value and never thrown: one refusal must not disturb the rest of its batch. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
}

/** A refusal that concerns the request as a whole. */
export function refusal(code: RefusalCode, detail: string): Refusal {
  return { code, detail };
}

/** A 422 that names the field at fault by its JSON Pointer (RFC 6901). */
export function invalidField(pointer: string, message: string): Refusal {
  return { code: 'request.invalid', detail: message, errors: [{ pointer, message }] };
}

/** Absent, or not to be seen by who asks: both answer alike, so that nobody can probe for what others have. */
export function notFound(what: 'stop' | 'registration' | 'delegate' | 'session'): Refusal {
  return refusal('resource.not_found', `There is no such ${what}.`);
}
