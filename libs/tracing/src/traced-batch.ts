import { beginSpan, tracingIsOn, type SpanPlan } from './span.js';
import { readTraceparent } from './traceparent.js';

/** What is done together for many, each with a trace of its own. */
export interface BatchPlan extends Omit<SpanPlan, 'parent' | 'links'> {
  /** The W3C `traceparent` of each, where it has one. */
  parents: readonly (string | undefined)[];
}

/**
 * Puts spans around work that is done for many at once. A span has one parent, so the work's own span stands in the
 * trace of the first; each of the others gets a span as long as that one, and the two are linked.
 */
export function tracedBatch<Args extends unknown[], T>(
  plan: (...args: Args) => BatchPlan,
  work: (...args: Args) => Promise<T>,
): (...args: Args) => Promise<T> {
  if (!tracingIsOn()) return work;
  return async (...args) => {
    const spans = beginBatch(plan(...args));
    const [first] = spans;
    if (first === undefined) return work(...args);
    try {
      return await first.run(() => work(...args));
    } catch (error) {
      for (const span of spans) span.fail(error);
      throw error;
    } finally {
      for (const span of spans) span.end();
    }
  };
}

function beginBatch({ parents, ...plan }: BatchPlan) {
  const [parent, ...others] = parents.filter((one) => readTraceparent(one) !== undefined);
  if (parent === undefined) return [];
  const links = others.flatMap((other) => readTraceparent(other) ?? []).map((context) => ({ context }));
  const own = beginSpan({ ...plan, parent, links });
  if (own === undefined) return [];
  return [own, ...others.flatMap((other) => beginSpan({ ...plan, parent: other, links: [own.link] }) ?? [])];
}
