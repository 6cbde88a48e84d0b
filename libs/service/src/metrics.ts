import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Metrics of this process, served on its internal port (`/metrics`). */
export const metrics = new Registry();

/** From a quick read to what nobody waits for any longer. */
export const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

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

export const eventsIgnored = new Counter({
  name: 'waystop_events_ignored_total',
  help: 'Events of a type that this service does not apply',
  labelNames: ['subject'],
  registers: [metrics],
});

export const eventsRepublished = new Counter({
  name: 'waystop_events_republished_total',
  help: 'Published events that wait to be published again, since the stream lost them',
  registers: [metrics],
});

export const streamLosses = new Counter({
  name: 'waystop_stream_losses_total',
  help: 'How often the stream was found made anew, or without an event that it had acknowledged',
  registers: [metrics],
});

export const outboxWaiting = new Gauge({
  name: 'waystop_outbox_waiting_events',
  help: 'Events of the outbox that wait for the stream (counted up to 100,000)',
  registers: [metrics],
});

export const outboxOldestSeconds = new Gauge({
  name: 'waystop_outbox_oldest_age_seconds',
  help: 'Age of the oldest event of the outbox that waits for the stream; 0 when none waits',
  registers: [metrics],
});

export const deadLettersKept = new Gauge({
  name: 'waystop_dead_letters_waiting',
  help: 'Dead letters that wait for an operator',
  registers: [metrics],
});

export const tableBytes = new Gauge({
  name: 'waystop_table_size_bytes',
  help: 'Size on disk, indexes included, of the tables that grow with use',
  labelNames: ['table'],
  registers: [metrics],
});

export const erasedByRetention = new Counter({
  name: 'waystop_erased_by_retention_total',
  help: 'Registrations or sessions whose personal data were erased since their stop ended long ago',
  registers: [metrics],
});

export const prunedRows = new Counter({
  name: 'waystop_pruned_rows_total',
  help: 'Rows deleted because they were too old to be needed',
  labelNames: ['table'],
  registers: [metrics],
});

export const consumerWaiting = new Gauge({
  name: 'waystop_consumer_waiting_events',
  help: 'Events of the stream that a consumer has not been given yet',
  labelNames: ['consumer'],
  registers: [metrics],
});

export const consumerUnderWay = new Gauge({
  name: 'waystop_consumer_unsettled_events',
  help: 'Events that a consumer was given and has not settled; at 256 the broker gives out no more',
  labelNames: ['consumer'],
  registers: [metrics],
});

export const consumerLagSeconds = new Gauge({
  name: 'waystop_consumer_lag_seconds',
  help: 'Age of the oldest event that a consumer has not settled; 0 when none waits',
  labelNames: ['consumer'],
  registers: [metrics],
});

/** Shows the connections of the pool whenever somebody looks, as the driver counts them then. */
export function showPool(read: () => Record<'busy' | 'idle' | 'waiting', number>): void {
  metrics.removeSingleMetric(poolName);
  const pool = new Gauge({
    name: poolName,
    help: 'Database connections of this process by state; waiting is work that waits for one',
    labelNames: ['state'],
    registers: [metrics],
    collect: () => {
      for (const [state, count] of Object.entries(read())) pool.set({ state }, count);
    },
  });
}

const poolName = 'waystop_database_connections';

/** Node's own figures, such as memory, event-loop delay and garbage collection; and the process's name on all figures. */
export function collectProcessMetrics(app: string): void {
  metrics.setDefaultLabels({ app });
  collectDefaultMetrics({ register: metrics });
}
