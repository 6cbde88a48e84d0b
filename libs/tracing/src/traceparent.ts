import { isSpanContextValid, type SpanContext } from '@opentelemetry/api';

/** https://www.w3.org/TR/trace-context/#traceparent-header */
const form = /^(?!ff)[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/;

/** What a W3C `traceparent` names, or undefined where it names no span. */
export function readTraceparent(text: string | undefined): SpanContext | undefined {
  const [, traceId = '', spanId = '', flags = ''] = form.exec(text ?? '') ?? [];
  const named = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(named) ? named : undefined;
}

/** The W3C `traceparent` that names this span. */
export function writeTraceparent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

/** A trace as log lines name it; nothing where none is named. */
export function traceIdsOf(traceparent: string | undefined): { traceId?: string; spanId?: string } {
  const named = readTraceparent(traceparent);
  return named === undefined ? {} : { traceId: named.traceId, spanId: named.spanId };
}
