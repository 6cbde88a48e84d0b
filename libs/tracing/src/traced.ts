import { beginSpan, currentTraceparent, tracingIsOn, type SpanPlan } from './span.js';

/**
 * Puts a span around each call. While tracing is off this gives back the very function that it got, so that nothing is
 * paid for it: wrap once, where something is put together, and not at each call.
 */
export function traced<Args extends unknown[], T>(
  plan: (...args: Args) => SpanPlan,
  work: (...args: Args) => Promise<T>,
): (...args: Args) => Promise<T> {
  if (!tracingIsOn()) return work;
  return async (...args) => {
    const span = beginSpan(plan(...args));
    if (span === undefined) return work(...args);
    try {
      return await span.run(() => work(...args));
    } catch (error) {
      span.fail(error);
      throw error;
    } finally {
      span.end();
    }
  };
}

/** The call as it goes on to another process: under the span under way. While tracing is off it is the same object. */
export function carryTrace<Carrier extends { traceparent?: string }>(call: Carrier): Carrier {
  const traceparent = currentTraceparent();
  return traceparent === undefined ? call : { ...call, traceparent };
}

/** Has a call that came in belong under the span under way from here on; what it causes names that span. */
export function enterTrace<Carrier extends { traceparent?: string }>(call: Carrier): Carrier {
  const traceparent = currentTraceparent();
  if (traceparent !== undefined) call.traceparent = traceparent;
  return call;
}
