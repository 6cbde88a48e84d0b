/**
 * Every problem code that an answer may carry (RFC 9457 `code`), with its HTTP status and title.
 * Codes are stable: clients branch on them.
 */
export const problems = {
  'request.malformed': { status: 400, title: 'The body is not valid JSON' },
  'request.invalid': { status: 422, title: 'The request does not match its schema' },
  'request.too_large': { status: 413, title: 'The body is too large' },
  'request.method_not_allowed': { status: 405, title: 'This path does not know the method' },
  'request.unsupported_media_type': { status: 415, title: 'The body must be JSON' },
  'auth.required': { status: 401, title: 'A valid API key is needed' },
  'auth.forbidden': { status: 403, title: 'The key has not the right to do this' },
  'resource.not_found': { status: 404, title: 'There is no such resource' },
  'precondition.failed': { status: 412, title: 'The resource has changed since it was read' },
  'idempotency.key_reused': { status: 422, title: 'The idempotency key belongs to another request' },
  'rate.limited': { status: 429, title: 'Too many requests' },
  'service.unavailable': { status: 503, title: 'A service does not answer at the moment' },
  'internal.error': { status: 500, title: 'Something broke on our side' },
  'key.from_environment': { status: 409, title: 'This key comes from the environment' },
  'company.uscc_taken': { status: 409, title: 'A company with this credit code is registered' },
  'company.suspended': { status: 403, title: 'The organizer has suspended this company' },
  'company.unverified': { status: 403, title: 'Only verified companies may register here' },
  'stop.use_reschedule': { status: 409, title: 'A published stop moves only by a reschedule' },
  'stop.invalid_transition': { status: 409, title: 'The state of the stop forbids this' },
  'stop.in_past': { status: 409, title: 'The stop lies in the past' },
  'stop.room_in_use': { status: 409, title: 'A session is scheduled in this room' },
  'stop.overlap': { status: 409, title: 'Another stop of the tour takes place at this time' },
  'stop.cancelled': { status: 409, title: 'The stop is cancelled' },
  'registration.not_open': { status: 409, title: 'Registration has not opened yet' },
  'registration.closed': { status: 409, title: 'Registration is closed' },
  'registration.full': { status: 409, title: 'No seat is free' },
  'registration.duplicate': { status: 409, title: 'The company is already registered for this stop' },
  'registration.too_many_delegates': { status: 422, title: 'The delegation is too large for this stop' },
  'registration.invalid_transition': { status: 409, title: 'The state of the registration forbids this' },
  'registration.last_delegate': { status: 409, title: 'A delegation keeps at least one delegate' },
  'badge.unknown': { status: 404, title: 'Nobody has this badge' },
  'badge.wrong_stop': { status: 409, title: 'The badge is for another stop' },
  'badge.not_valid': { status: 409, title: 'The badge is not valid any more' },
  'session.room_conflict': { status: 409, title: 'The room is taken at this time' },
  'session.speaker_conflict': { status: 409, title: 'A speaker is in another session at this time' },
  'session.outside_stop': { status: 409, title: 'The session does not fit into the stop' },
  'session.invalid_transition': { status: 409, title: 'The state of the session forbids this' },
  'session.closed': { status: 409, title: 'The programme of this stop is closed' },
  'session.full': { status: 409, title: 'The room of the session is full' },
  'signup.not_confirmed': { status: 409, title: 'Only confirmed delegates can sign up' },
  'signup.overlap': { status: 409, title: 'The delegate is in another session at this time' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

/** What any request may meet, whatever its contract says. */
export const commonProblems: readonly ProblemCode[] = [
  'service.unavailable',
  'internal.error',
  'rate.limited',
];

/** One fault of a request: `pointer` into the body (RFC 6901) or the name of a query, path or header `parameter`. */
export type RequestFault = { pointer: string; message: string } | { parameter: string; message: string };

/** An expected refusal. It crosses NATS with its code and becomes `application/problem+json` at the edge. */
export class Problem extends Error {
  override readonly name = 'Problem';

  /**
   * @param detail one sentence that helps the caller: what is wrong and, where known, what to do
   * @param extra members of the answer beyond the standard ones: `errors`, `conflicts`, `results`, `retryAfterSeconds`
   */
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly extra: {
      errors?: RequestFault[];
      conflicts?: unknown[];
      results?: unknown[];
      retryAfterSeconds?: number;
    } = {},
  ) {
    super(`${code}: ${detail}`);
  }
}

/** A resource that is not there, or that the caller may not know of. */
export function notFound(noun: string): Problem {
  return new Problem('resource.not_found', `There is no such ${noun}, or you may not see it.`);
}

/** A field of the body that breaks a rule which the schema alone can't say. */
export function invalidField(pointer: string, message: string): Problem {
  return new Problem('request.invalid', message, { errors: [{ pointer, message }] });
}
