import { Counter, Gauge, Histogram } from 'prom-client';
import type { Outcome } from '#deliveries';
import { metrics, secondsBuckets } from '#service';

/** What messages go out by. Neither ids nor hosts are labels: there would be a series for each. */
export type Channel = 'webhook' | 'bot';

const attempts = new Counter({
  name: 'waystop_deliveries_total',
  help: 'Attempts to deliver a message, by their outcome: delivered, refused (4xx), failed (5xx, or no answer)',
  labelNames: ['channel', 'outcome'],
  registers: [metrics],
});

const seconds = new Histogram({
  name: 'waystop_delivery_seconds',
  help: 'Time from when a message could be delivered until its receiver took it',
  labelNames: ['channel'],
  buckets: [...secondsBuckets, 15, 60, 600, 3_600],
  registers: [metrics],
});

// Series that are there from the start: the first of their events is then seen as a rate, too.
for (const channel of ['webhook', 'bot'] satisfies Channel[]) {
  seconds.zero({ channel });
  for (const outcome of ['delivered', 'refused', 'failed']) attempts.inc({ channel, outcome }, 0);
}

export const lanesByState = new Gauge({
  name: 'waystop_lanes',
  help: 'Active endpoints and robots: up, or down after three failures in a row',
  labelNames: ['channel', 'state'],
  registers: [metrics],
});

export const deliveriesWaiting = new Gauge({
  name: 'waystop_deliveries_waiting',
  help: 'Messages that wait for active endpoints; for robots, those that have something to write',
  labelNames: ['channel'],
  registers: [metrics],
});

export const oldestDelivery = new Gauge({
  name: 'waystop_deliveries_oldest_seconds',
  help: 'Age of the oldest message that waits for a receiver that did not fail last',
  labelNames: ['channel'],
  registers: [metrics],
});

/** Counts an attempt. */
export function countAttempt(channel: Channel, outcome: Outcome): void {
  attempts.inc({ channel, outcome: outcomeName(outcome) });
}

/** @param waitingSinceMs when the message could first be delivered, since 1970 */
export function countDelivered(channel: Channel, waitingSinceMs: number, nowMs: number): void {
  seconds.observe({ channel }, Math.max(0, nowMs - waitingSinceMs) / 1_000);
}

function outcomeName(outcome: Outcome): 'delivered' | 'refused' | 'failed' {
  if (outcome.kind === 'delivered') return 'delivered';
  return outcome.kind === 'answered' && outcome.status < 500 ? 'refused' : 'failed';
}
