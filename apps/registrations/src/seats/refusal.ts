import { Problem, type ProblemCode } from '#contracts';

/** Why a command was refused. It is a value and never thrown: one refusal must not disturb the rest of its batch. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
}

/** A refusal that concerns the request as a whole. */
export function refusal(code: ProblemCode, detail: string): Refusal {
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

/** The refusal as callers get it. */
export function problemOf({ code, detail, errors }: Refusal): Problem {
  return new Problem(code, detail, errors === undefined ? {} : { errors: [...errors] });
}
