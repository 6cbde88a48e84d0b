import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Metrics of this process, served on its internal port (`/metrics`). */
export const metrics = new Registry();

const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export const requestSeconds = new Histogram({
  name: 'waystop_request_duration_seconds',
  help: 'Time from the arrival of a NATS request to its answer',
  labelNames: ['subject', 'code'],
  buckets: secondsBuckets,
  registers: [metrics],
});

export const eventLagSeconds = new Histogram({
  name: 'waystop_event_lag_seconds',
  help: 'Time from an event entering the stream to its effect being committed here',
  labelNames: ['subject'],
  buckets: [...secondsBuckets, 15, 60, 300],
  registers: [metrics],
});

export const eventFailures = new Counter({
  name: 'waystop_event_failures_total',
  help: 'Events that could not be applied at one delivery',
  labelNames: ['subject'],
  registers: [metrics],
});

export const deadLetters = new Counter({
  name: 'waystop_dead_letters_total',
  help: 'Events put aside after their last delivery failed',
  labelNames: ['subject'],
  registers: [metrics],
});

export const relayFailures = new Counter({
  name: 'waystop_outbox_relay_failures_total',
  help: 'Rounds of the outbox relay that failed and will be repeated',
  registers: [metrics],
});

/** Node's own figures: memory, event-loop delay, garbage collection. */
export function collectProcessMetrics(): void {
  collectDefaultMetrics({ register: metrics });
}
