/** One fault of what was sent: where it is, as a JSON pointer (RFC 6901), and what is wrong. */
export interface Fault {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly message: string;
}

/** A session in the way of another, as the API names it. */
export interface Conflict {
  readonly sessionId: string;
  readonly title: { readonly zh?: string; readonly en?: string };
  readonly startsAt: string;
  readonly endsAt: string;
}

/** A meeting of a plan that can't have its place, as the API names it. */
export interface MeetingConflict {
  readonly meetingId: string;
  readonly code: string;
}

/** What the API refused, by its code; without a connection the code is `network`. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly errors: readonly Fault[],
    readonly conflicts: readonly Conflict[] = [],
    readonly meetingConflicts: readonly MeetingConflict[] = [],
    /** Every entry's result, where a whole imported file was refused. */
    readonly results: readonly unknown[] = [],
  ) {
    super(`${code}: ${detail}`);
  }
}

interface CallOptions {
  /** A value, sent as JSON; a Blob is sent as it is, with its own type. */
  readonly body?: unknown;
  /** Sent again with the same key, a POST has one effect: also when the first answer was lost. */
  readonly idempotencyKey?: string;
  readonly version?: number;
}

/** Asks the API of this origin; the cookie says who asks. @throws ApiProblem */
export async function call<Answer>(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
  const response = await send(method, path, options);
  if (response.status === 204) return undefined as Answer;
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (response.ok) return body as Answer;
  throw new ApiProblem(
    response.status,
    String((body['code'] as string | undefined) ?? 'internal.error'),
    String((body['detail'] as string | undefined) ?? ''),
    (body['errors'] as Fault[] | undefined) ?? [],
    conflictsWith<Conflict>(body, 'sessionId'),
    conflictsWith<MeetingConflict>(body, 'meetingId'),
    (body['results'] as unknown[] | undefined) ?? [],
  );
}

/** Sessions and meetings are named in the same list, each by its id. */
function conflictsWith<One>(body: Record<string, unknown>, id: string): One[] {
  const all = (body['conflicts'] as object[] | undefined) ?? [];
  return all.filter((one) => id in one) as One[];
}

async function send(method: string, path: string, { body, idempotencyKey, version }: CallOptions) {
  try {
    return await fetch(`/v1${path}`, {
      method,
      headers: {
        ...(body === undefined
          ? {}
          : { 'content-type': body instanceof Blob ? body.type : 'application/json' }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      },
      ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
    });
  } catch {
    throw new ApiProblem(0, 'network', '', []);
  }
}

/** For one intention of a person, however often it is sent. */
export function newIdempotencyKey(): string {
  return crypto.randomUUID();
}
