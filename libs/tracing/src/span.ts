import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  context,
  trace,
  type Attributes,
  type Context,
  type Link,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { Problem, problems } from '#contracts';
import { readTraceparent, traceIdsOf, writeTraceparent } from './traceparent.js';

export { SpanKind };

/** What a span is to say, by the semantic conventions of OpenTelemetry. Never personal data. */
export interface SpanPlan {
  name: string;
  kind?: SpanKind;
  attributes?: Attributes;
  /** The W3C `traceparent` of the span it belongs under; the one under way, where none is given. */
  parent?: string | undefined;
  links?: Link[];
}

let tracer: Tracer | undefined;

/** From now on spans are made. Comes first in a process: what was wrapped before stays as it is. */
export function makeSpansWith(own: Tracer | undefined): void {
  tracer = own;
}

export function tracingIsOn(): boolean {
  return tracer !== undefined;
}

/** The W3C `traceparent` of the span under way; undefined where there is none. */
export function currentTraceparent(): string | undefined {
  const current = tracer && trace.getActiveSpan()?.spanContext();
  return current && writeTraceparent(current);
}

/** The trace under way; nothing where there is none. */
export function currentTraceIds(): ReturnType<typeof traceIdsOf> {
  return traceIdsOf(currentTraceparent());
}

/** A span that has begun. */
export class OpenSpan {
  constructor(
    private readonly span: Span,
    private readonly around: Context,
  ) {}

  get traceparent(): string {
    return writeTraceparent(this.span.spanContext());
  }

  /** A link to this span, for one of another trace. */
  get link(): Link {
    return { context: this.span.spanContext() };
  }

  /** Runs work as a part of the span; spans that begin meanwhile belong under it. */
  run<T>(work: () => T): T {
    return context.with(trace.setSpan(this.around, this.span), work);
  }

  /** A refusal is an answer and no failure. Messages are left out: they may quote what somebody sent. */
  fail(error: unknown): void {
    const isProblem = error instanceof Problem;
    this.span.setAttribute('error.type', isProblem ? error.code : nameOf(error));
    if (!isProblem || problems[error.code].status >= 500) this.span.setStatus({ code: SpanStatusCode.ERROR });
  }

  end(attributes: Attributes = {}): void {
    this.span.setAttributes(attributes).end();
  }
}

/** Begins a span within a trace. @returns undefined while tracing is off, and where no trace is under way */
export function beginSpan(plan: SpanPlan): OpenSpan | undefined {
  const around = contextOf(plan);
  return around && begin(plan, around);
}

/** Begins a span, and a trace where none is given: for the edge alone. Work of a service's own has no trace. */
export function beginTrace(plan: SpanPlan): OpenSpan | undefined {
  return begin(plan, contextOf(plan) ?? ROOT_CONTEXT);
}

function begin({ name, kind = SpanKind.INTERNAL, ...plan }: SpanPlan, around: Context): OpenSpan | undefined {
  if (tracer === undefined) return undefined;
  const options = { kind, attributes: plan.attributes ?? {}, links: plan.links ?? [] };
  return new OpenSpan(tracer.startSpan(name, options, around), around);
}

function contextOf({ parent }: SpanPlan): Context | undefined {
  const given = readTraceparent(parent);
  if (given !== undefined) return trace.setSpanContext(ROOT_CONTEXT, given);
  return trace.getActiveSpan() === undefined ? undefined : context.active();
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.constructor.name : typeof error;
}
