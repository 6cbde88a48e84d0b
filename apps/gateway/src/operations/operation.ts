import type { z } from 'zod';
import type { FileFormats } from '../http/file-body.js';
import type { SignInCookies } from '../auth/sign-in-cookies.js';
import type { Caller, ProblemCode, RequestContract, Role } from '#contracts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export const tags = [
  'Callers',
  'People',
  'Companies',
  'Tours and stops',
  'Registrations',
  'Check-in',
  'Sessions',
  'Timetable',
  'Calendars',
  'Exchange',
  'Sign-ups',
  'Matching',
  'Meetings',
  'Outcomes',
  'Ledger',
  'Events',
  'Webhooks',
  'Mail',
  'Chat robots',
  'Audit',
] as const;
export type Tag = (typeof tags)[number];

/** The schemas of an operation, and its refusals. Most are contracts of services; a few the gateway answers itself. */
export type OperationSignature = Pick<RequestContract, 'input' | 'output' | 'errors'>;

/** How a response that is not JSON is made from the service's answer. */
export interface ResponseFormat {
  mediaType: string;
  render: (output: never) => string | Buffer | Promise<Buffer>;
  /** Its JSON Schema, where it is more than text. */
  schema?: Record<string, unknown>;
  /** The Content-Security-Policy of a page; that of data where it is left out. */
  policy?: string;
  /** Offered to the browser as the name under which to save the file. */
  fileName?: (output: never) => string;
}

/** What a cached response depends on: it is dropped when one of these changes. */
export type CacheTag = `stop:${string}` | `tour:${string}` | `seats:${string}` | 'tours';

/** How a response to the public is cached. */
export interface PublicReadPolicy {
  /** After this it is fetched again, whatever the events said. */
  maxAgeMs: number;
  cacheTags: (input: Record<string, string>, output: unknown) => CacheTag[];
  /** When the clock alone changes the response, in milliseconds since the epoch. */
  changesAtMs?: (output: unknown, nowMs: number) => number;
  /** Where events report every change, so that `maxAgeMs` may be long. */
  follows?: FollowedEvents;
}

/** What makes a response last that follows events. */
export interface FollowedEvents {
  /** An older response goes at the next event; a younger one stays until this age. Also its age without events. */
  graceMs: number;
  /** The stop, and the version of it, that the response is of: it does not last beside a newer one. */
  basedOn: (input: Record<string, string>, output: unknown) => { stopId: string; version: number };
}

/** Sends a request to a service in the name of the caller. */
export type Ask = <Input extends z.ZodType, Output extends z.ZodType>(
  contract: RequestContract<Input, Output>,
  input: z.output<Input>,
) => Promise<z.output<Output>>;

/** One HTTP operation, as data: routes, access, validation, the OpenAPI document and tests are made from it. */
export interface Operation {
  id: string;
  method: Method;
  /** With parameters in braces: `/v1/stops/{stopId}/registrations`. */
  path: string;
  tag: Tag;
  summary: string;
  description?: string;
  /** The roles that may call it. The services decide about ownership, and answer 404. */
  access: readonly Role[];
  /** The status of success. */
  status: 200 | 201 | 202 | 204;
  signature: OperationSignature;
  /** The request that answers it; absent where the gateway answers by one of the next four. */
  contract?: RequestContract;
  respond?: (caller: Caller) => unknown;
  /** Where several services each keep a part of a list: which of them a query goes to. Their pages are merged. */
  merges?: (input: never) => readonly RequestContract[];
  /** Where the answer is composed from several requests, in the caller's name and under one deadline. */
  compose?: (ask: Ask) => Promise<unknown>;
  /** Whether the response is a stream of events, which does not end. */
  streamsEvents?: true;
  format?: ResponseFormat;
  /** Where what was begun can be looked at: the `Location` of the answer. */
  location?: (output: never) => string;
  /** What is shown of an answer that says more to the gateway. */
  present?: (output: never) => unknown;
  /** Where the body is a file. The service gets it as text. */
  takesFile?: FileFormats;
  /** Whether a body of any kind is taken and not looked at: other programs decide how they send it. */
  ignoresBody?: boolean;
  /** Whether the response holds links, so that the service needs the installation's address as `baseUrl`. */
  needsBaseUrl?: boolean;
  /** Whether it signs browsers in or out: pages of other sites can't send it, even with a browser that is signed in. */
  isWayIn?: boolean;
  /** Whether the service has to know which browser asks, as `browser`. */
  needsBrowser?: boolean;
  /** Whether a person who is signed in may call it without any role. */
  takesPeople?: boolean;
  /** Another way to answer some callers, with the same input. */
  variantFor?: (caller: Caller) => Operation | undefined;
  /** The cookies that a success sets; what they hold is in no body. */
  setsCookies?: (output: never, cookies: SignInCookies) => readonly string[];
  /** Whether a success ends the sign-in that the request came with. */
  endsOwnSignIn?: boolean;
  /** Whether a success ends the sign-in that the path names. */
  endsSignIn?: boolean;
  /** How long the service may take, where that is more than usual. */
  deadlineMs?: number;
  publicRead?: PublicReadPolicy;
  /** Projections that are brought up to date between a success and its response. */
  catchUp?: readonly RequestContract[];
  /** Which cached responses a success makes stale. */
  invalidates?: (input: Record<string, string>, output: unknown) => CacheTag[];
  /** Whether organizers see the company's contact in the response: one registration or a list of them. */
  showsContacts?: boolean;
  /** Counted by address against a limit of its own instead of the caller's. */
  rateLimit?: 'sign-ups' | 'verifications';
  /** Whether a success revokes the API key that the path names. */
  revokesKey?: boolean;
}

/** Requests about every session or every delegate of a large stop take longer than others on a busy machine. */
export const programmeDeadlineMs = 10_000;

type Declared = Omit<
  Operation,
  'signature' | 'contract' | 'respond' | 'merges' | 'compose' | 'streamsEvents'
>;
type Forwarded = Declared & Required<Pick<Operation, 'contract'>> & Partial<Pick<Operation, 'signature'>>;
type Responded = Declared & Required<Pick<Operation, 'signature' | 'respond'>>;
type Merged = Declared & Required<Pick<Operation, 'signature' | 'merges'>>;
type Composed = Declared & Required<Pick<Operation, 'signature' | 'compose'>>;
type Streaming = Declared & Required<Pick<Operation, 'signature' | 'streamsEvents'>>;

/** Declares an operation. Those with the output `null` answer 204, all others have a body. */
export function operation(declared: Forwarded | Responded | Merged | Composed | Streaming): Operation {
  return 'contract' in declared ? { signature: declared.contract, ...declared } : declared;
}

/** Declares the signature of an operation that no single contract describes. */
export function signature<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
  errors: readonly ProblemCode[] = [],
): OperationSignature {
  return { input, output, errors };
}

/** The names in braces of a path, in order. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
}

/** Whether `If-Match` has a meaning: where the service can refuse a stale version. */
export function takesIfMatch({ signature: { errors } }: Operation): boolean {
  return errors.includes('precondition.failed');
}

/** Whether the response is a single resource with a version. */
export function hasVersion({ signature: { output } }: Operation): boolean {
  return 'shape' in output && 'version' in (output.shape as object);
}
