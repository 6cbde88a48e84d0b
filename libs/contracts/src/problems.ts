/**
 * Every problem code that an answer can carry (member `code`; RFC 9457), with its HTTP status and title.
 * Codes never change: clients branch on them.
 */
export const problems = {
  'request.malformed': { status: 400, title: 'Malformed request' },
  'request.invalid': { status: 422, title: 'Invalid request' },
  'request.too_large': { status: 413, title: 'Request too large' },
  'request.method_not_allowed': { status: 405, title: 'Method not allowed' },
  'request.unsupported_media_type': { status: 415, title: 'Unsupported media type' },
  'auth.required': { status: 401, title: 'Authentication required' },
  'auth.forbidden': { status: 403, title: 'Not permitted' },
  'resource.not_found': { status: 404, title: 'Resource not found' },
  'precondition.failed': { status: 412, title: 'Resource has changed' },
  'idempotency.key_reused': { status: 422, title: 'Idempotency key already used for another request' },
  'rate.limited': { status: 429, title: 'Too many requests' },
  'service.unavailable': { status: 503, title: 'Service temporarily unavailable' },
  'internal.error': { status: 500, title: 'Internal error' },
  'auth.cross_site': { status: 403, title: 'Request comes from another site' },
  'sign_in.wrong_code': { status: 401, title: 'Wrong code' },
  'sign_in.expired': { status: 401, title: 'Code or link used or expired' },
  'sign_in.other_browser': { status: 401, title: 'Code was asked for in another browser' },
  'sign_in.confirm': { status: 409, title: 'Link was asked for in another browser' },
  'member.last': { status: 409, title: 'Last member cannot be removed' },
  'key.from_environment': { status: 409, title: 'API key is set in the environment' },
  'key.last': { status: 409, title: 'Last way in of a company' },
  'company.uscc_taken': { status: 409, title: 'Credit code already registered' },
  'company.suspended': { status: 403, title: 'Company suspended' },
  'company.unverified': { status: 403, title: 'Company not verified' },
  'tour.not_empty': { status: 409, title: 'Tour has stops' },
  'stop.use_reschedule': { status: 409, title: 'Published stops move by reschedule only' },
  'stop.invalid_transition': { status: 409, title: 'Not allowed in the current state of the stop' },
  'stop.in_past': { status: 409, title: 'Stop is in the past' },
  'stop.not_started': { status: 409, title: 'Stop has not begun' },
  'stop.not_draft': { status: 409, title: 'Stop is not a draft' },
  'stop.room_in_use': { status: 409, title: 'A session is scheduled in this room' },
  'stop.overlap': { status: 409, title: 'Overlaps another stop of the tour' },
  'stop.cancelled': { status: 409, title: 'Stop cancelled' },
  'registration.not_open': { status: 409, title: 'Registration not open yet' },
  'registration.closed': { status: 409, title: 'Registration closed' },
  'registration.frozen': { status: 409, title: 'Delegates can no longer be changed' },
  'registration.full': { status: 409, title: 'No seats left' },
  'registration.duplicate': { status: 409, title: 'Company already registered for this stop' },
  'registration.too_many_delegates': { status: 422, title: 'Too many delegates for this stop' },
  'registration.invalid_transition': {
    status: 409,
    title: 'Not allowed in the current state of the registration',
  },
  'registration.last_delegate': { status: 409, title: 'Last delegate cannot be removed' },
  'badge.unknown': { status: 404, title: 'Badge not found' },
  'badge.wrong_stop': { status: 409, title: 'Badge is for another stop' },
  'badge.not_valid': { status: 409, title: 'Badge no longer valid' },
  'session.room_conflict': { status: 409, title: 'Room already taken at this time' },
  'session.speaker_conflict': { status: 409, title: 'Speaker already in another session' },
  'session.outside_stop': { status: 409, title: 'Session outside the times of the stop' },
  'session.invalid_transition': { status: 409, title: 'Not allowed in the current state of the session' },
  'session.closed': { status: 409, title: 'Programme closed' },
  'session.full': { status: 409, title: 'No seats left in this session' },
  'signup.not_confirmed': { status: 409, title: 'Delegate not confirmed' },
  'events.cursor_too_old': { status: 409, title: 'Events that old are no longer kept' },
  'webhook.url_refused': { status: 422, title: 'Webhook URL not allowed' },
  'webhook.limit_reached': { status: 409, title: 'Too many webhooks' },
  'webhook.invalid_transition': { status: 409, title: 'Not allowed in the current state of the webhook' },
  'webhook.not_active': { status: 409, title: 'Webhook not active' },
  'bot.host_refused': { status: 422, title: 'Host of the chat robot not allowed' },
  'bot.refused': { status: 409, title: 'Chat robot refused' },
  'mail.not_configured': { status: 409, title: 'Mail is not set up' },
  'mail.template_invalid': { status: 422, title: 'Text of a mail not valid' },
  'mail.invalid_transition': { status: 409, title: 'Not allowed in the current state of the mail' },
  'announcement.audience_empty': { status: 409, title: 'Nobody would get the announcement' },
  'announcement.audience_changed': { status: 409, title: 'The number of recipients has changed' },
  'announcement.invalid_transition': {
    status: 409,
    title: 'Not allowed in the current state of the announcement',
  },
  'signup.overlap': { status: 409, title: 'Delegate already in another session at this time' },
  'listing.not_of_tour': { status: 403, title: 'Company not registered for this tour' },
  'listing.personal_data': { status: 422, title: 'Text holds contact details' },
  'listing.limit_reached': { status: 409, title: 'Too many published listings' },
  'listing.invalid_transition': { status: 409, title: 'Not allowed in the current state of the listing' },
  'consent.required': { status: 422, title: 'Consent required' },
  'meeting.slots_in_use': { status: 409, title: 'A meeting is scheduled there' },
  'meeting.duplicate': { status: 409, title: 'The two companies have a request or meeting already' },
  'meeting.quota_reached': { status: 409, title: 'Too many open requests' },
  'meeting.closed': { status: 409, title: 'No meetings can be requested' },
  'meeting.unwanted': { status: 409, title: 'Meeting not wanted' },
  'meeting.invalid_transition': { status: 409, title: 'Not allowed in the current state of the meeting' },
  'meeting.table_conflict': { status: 409, title: 'Table taken at this time' },
  'meeting.person_conflict': { status: 409, title: 'Somebody is not free at this time' },
  'meeting.limit_reached': { status: 409, title: 'Company has as many meetings as it wants' },
  'meeting.outside_slots': { status: 409, title: 'Not a slot or table of this stop' },
  'meeting.too_early': { status: 409, title: 'Meeting has not begun' },
  'outcome.not_held': { status: 409, title: 'Meeting has not been held' },
  'outcome.own_step': { status: 409, title: 'The other side confirms a step' },
  'outcome.invalid_transition': { status: 409, title: 'Not allowed in the current stage of the follow-up' },
  'ledger.announced': { status: 409, title: 'Announced already' },
  'ledger.empty': { status: 409, title: 'Nothing to announce' },
  'ledger.already_member': { status: 409, title: 'Company is a member already' },
  'case.invalid_transition': { status: 409, title: 'Not allowed in the current state of the case' },
  'certificate.invalid_transition': {
    status: 409,
    title: 'Not allowed in the current state of the certificate',
  },
  'plan.running': { status: 409, title: 'A plan of this stop is being computed' },
  'plan.nothing_to_place': { status: 409, title: 'No meeting wants a place' },
  'plan.stale': { status: 409, title: 'Meetings, rules or attendances changed since' },
  'plan.conflict': { status: 409, title: 'A meeting can no longer have its place' },
  'plan.invalid_transition': { status: 409, title: 'Not allowed in the current state of the plan' },
  'meeting.not_attending': { status: 403, title: 'Company not registered for this stop' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

/** Problems that any request can have, whatever its contract declares. */
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

/** For a resource that does not exist, or that the caller may not see. */
export function notFound(noun: string): Problem {
  return new Problem('resource.not_found', `The ${noun} does not exist, or you may not see it.`);
}

/** For a field of the body that breaks a rule beyond its schema. */
export function invalidField(pointer: string, message: string): Problem {
  return invalidRequest([{ pointer, message }]);
}

/** For everything that is wrong with a request; its detail is the first fault and the number of the others. */
export function invalidRequest(errors: RequestFault[]): Problem {
  return new Problem('request.invalid', summaryOf(errors), { errors });
}

function summaryOf(errors: readonly RequestFault[]): string {
  const [first] = errors;
  if (first === undefined) return 'The request is invalid.';
  const where = 'pointer' in first ? first.pointer || 'The body' : `Parameter "${first.parameter}"`;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more, see errors)` : '';
  return `${where}: ${first.message}${more}`;
}
