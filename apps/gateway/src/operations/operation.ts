import type { z } from 'zod';
import type { Caller, ProblemCode, RequestContract, Role } from '#contracts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export const tags = [
  'Callers',
  'Companies',
  'Tours and stops',
  'Registrations',
  'Check-in',
  'Sessions',
  'Timetable',
  'Calendars',
  'Exchange',
  'Sign-ups',
  'Audit',
] as const;
export type Tag = (typeof tags)[number];

/** What an operation asks and answers. Most are contracts of services; a few the gateway answers itself. */
export type OperationSignature = Pick<RequestContract, 'input' | 'output' | 'errors'>;

/** How an answer that is not JSON is made from what the service says. */
export interface ResponseFormat {
  mediaType: string;
  render: (output: never) => string | Buffer;
  /** Its JSON Schema, where it is more than text. */
  schema?: Record<string, unknown>;
  /** Offered to the browser as the name under which to save the file. */
  fileName?: (output: never) => string;
}

/** What an answer is about: readers of these are told anew when it changes, by `stop:<id>`, `tour:<id>` or `tours`. */
export type CacheTag = `stop:${string}` | `tour:${string}` | 'tours';

/** How an answer to the public is kept in memory. */
export interface PublicReadPolicy {
  /** Milliseconds after which it is asked for again, whatever the events said. */
  maxAgeMs: number;
  cacheTags: (input: Record<string, string>, output: unknown) => CacheTag[];
  /** When the clock alone changes the answer, in milliseconds since the epoch. */
  changesAtMs?: (output: unknown, nowMs: number) => number;
}

/** Asks a service in the name of the caller. */
export type Ask = <Input extends z.ZodType, Output extends z.ZodType>(
  contract: RequestContract<Input, Output>,
  input: z.output<Input>,
) => Promise<z.output<Output>>;

/** One HTTP operation, as data: routes, access, validation, the OpenAPI document and the tests all come from it. */
export interface Operation {
  id: string;
  method: Method;
  /** With parameters in braces: `/v1/stops/{stopId}/registrations`. */
  path: string;
  tag: Tag;
  summary: string;
  description?: string;
  /** Who may call; whose things they may touch is decided by the services, which answer 404. */
  access: readonly Role[];
  /** The status of success. */
  status: 200 | 201 | 204;
  signature: OperationSignature;
  /** The contract to pass on to; absent where the gateway answers itself. */
  contract?: RequestContract;
  respond?: (caller: Caller) => unknown;
  /** Where several services each keep a part of a list: whom a query goes to. Their pages are merged. */
  merges?: (input: never) => readonly RequestContract[];
  /** Where the answer is put together from several: asks in the caller's name, under one deadline. */
  compose?: (ask: Ask) => Promise<unknown>;
  format?: ResponseFormat;
  /** Where the body is a file: its formats by media type, and its size limit. The service gets it as text. */
  takesFile?: { formats: Readonly<Record<string, string>>; maxBytes: number };
  /** Whether the answer holds addresses of its own, so that the input needs the one under which it was asked for. */
  tellsBaseUrl?: boolean;
  /** What the service may take, in milliseconds, where that is more than usual. */
  deadlineMs?: number;
  publicRead?: PublicReadPolicy;
  /** Neighbours that are brought up to date between a success and its answer. */
  catchUp?: readonly RequestContract[];
  /** What readers must be told anew after a success. */
  invalidates?: (input: Record<string, string>, output: unknown) => CacheTag[];
  /** Whether organizers see the contact of the company in the answer: one registration or a list of them. */
  showsContacts?: boolean;
  /** Counted against a limit of its own, by address, instead of the caller's. */
  rateLimit?: 'sign-ups';
  /** Whether success ends the API key that the path names. */
  revokesKey?: boolean;
}

/** Whatever concerns every session of a large conference takes longer than other requests on a busy machine. */
export const programmeDeadlineMs = 10_000;

type Declared = Omit<Operation, 'signature' | 'contract' | 'respond' | 'merges' | 'compose'>;
type Forwarded = Declared & Required<Pick<Operation, 'contract'>>;
type Responded = Declared & Required<Pick<Operation, 'signature' | 'respond'>>;
type Merged = Declared & Required<Pick<Operation, 'signature' | 'merges'>>;
type Composed = Declared & Required<Pick<Operation, 'signature' | 'compose'>>;

/** Declares an operation. Those with the output `null` answer 204, all others have a body. */
export function operation(declared: Forwarded | Responded | Merged | Composed): Operation {
  return 'contract' in declared ? { ...declared, signature: declared.contract } : declared;
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

/** Whether `If-Match` means something: where the service can answer that the version is stale. */
export function takesIfMatch({ signature: { errors } }: Operation): boolean {
  return errors.includes('precondition.failed');
}
