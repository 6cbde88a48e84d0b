export * from './sampler.js';
export * from './span.js';
export * from './start-tracing.js';
export * from './traced-batch.js';
export * from './traced.js';
export * from './traceparent.js';
