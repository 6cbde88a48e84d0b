import type { z } from 'zod';
import type { ProblemCode } from './problems.js';

/** One request that a service answers: NATS request/reply on `rpc.<service>.<verb-noun>.v1`. */
export interface RequestContract<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly kind: 'request';
  readonly subject: string;
  /** Path and query parameters at the top level; the JSON body, where there is one, under `body`. */
  readonly input: Input;
  readonly output: Output;
  /** The problems of this request, besides those that any request can have (see `commonProblems`). */
  readonly errors: readonly ProblemCode[];
}

/** One event of an aggregate: JetStream, `evt.<service>.<noun-past>.v1`, CloudEvents 1.0 JSON. */
export interface EventContract<Data extends z.ZodType = z.ZodType> {
  readonly kind: 'event';
  readonly subject: string;
  /** The whole state of the aggregate and its `version`; never personal data. */
  readonly data: Data;
}

/** The input of a handler: validated, with defaults filled in. */
export type InputOf<C> = C extends RequestContract<infer Input, z.ZodType> ? z.output<Input> : never;
/** The output of a handler. */
export type OutputOf<C> = C extends RequestContract<z.ZodType, infer Output> ? z.output<Output> : never;
/** The data of an event. */
export type DataOf<C> = C extends EventContract<infer Data> ? z.output<Data> : never;

/** CloudEvents 1.0 in JSON: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md */
export interface EventEnvelope<Data = unknown> {
  specversion: '1.0';
  /** UUIDv7, also the `Nats-Msg-Id`. */
  id: string;
  /** `/waystop/<service>` */
  source: string;
  /** The subject of the contract. */
  type: string;
  /** The id of the aggregate. */
  subject: string;
  time: string;
  datacontenttype: 'application/json';
  /** W3C trace context of the change, if there was one. */
  traceparent?: string;
  /** Whether it repeats a state that was published before: nothing happened. An extension attribute. */
  replayed?: boolean;
  data: Data;
}

export type EventOf<C> = EventEnvelope<DataOf<C>>;

/** Declares a request. The subject's second word is the service that answers. */
export function request<Input extends z.ZodType, Output extends z.ZodType>(
  subject: `rpc.${string}.v1`,
  declared: { input: Input; output: Output; errors?: readonly ProblemCode[] },
): RequestContract<Input, Output> {
  return {
    kind: 'request',
    subject,
    input: declared.input,
    output: declared.output,
    errors: declared.errors ?? [],
  };
}

/** Declares an event. The subject's second word is the service that owns the aggregate. */
export function event<Data extends z.ZodType<{ version: number }>>(
  subject: `evt.${string}.v1`,
  data: Data,
): EventContract<Data> {
  return { kind: 'event', subject, data };
}

/** The service that owns a subject: `rpc.stops.create-stop.v1` → `stops`. */
export function serviceOf(contract: { subject: string }): string {
  return contract.subject.split('.')[1] ?? '';
}

/** The contracts among some exports, including those in groups such as `pings`. */
export function contractsAmong(
  exports: Readonly<Record<string, unknown>>,
): (RequestContract | EventContract)[] {
  return Object.values(exports).flatMap((one) => {
    if (isContract(one)) return [one];
    return isGroup(one) ? Object.values(one).filter(isContract) : [];
  });
}

function isContract(value: unknown): value is RequestContract | EventContract {
  const kind = (value as { kind?: unknown } | null)?.kind;
  return kind === 'request' || kind === 'event';
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
