import { Counter, Gauge, Histogram } from 'prom-client';
import { metrics } from '#service';

type Outcome = 'ready' | 'failed' | 'stopped';

const plans = new Counter({
  name: 'waystop_plans_total',
  help: 'Plans of meetings that this process computed: ready, failed, or stopped before they were (cancelled, or given back)',
  labelNames: ['outcome'],
  registers: [metrics],
});

const seconds = new Histogram({
  name: 'waystop_plan_seconds',
  help: 'Time that the computation of a plan took',
  buckets: [0.5, 1, 2, 5, 10, 20, 40, 80],
  registers: [metrics],
});

/** How long the oldest plan has waited for a process that computes it; 0 where none waits. */
export const oldestPlanSeconds = new Gauge({
  name: 'waystop_plans_oldest_seconds',
  help: 'How long the oldest plan has waited that no process computes',
  registers: [metrics],
});

// Series that are there from the start: the first of their events is then seen as a rate, too.
for (const outcome of ['ready', 'failed', 'stopped'] satisfies Outcome[]) plans.inc({ outcome }, 0);
oldestPlanSeconds.set(0);

export function countPlan(outcome: Outcome, tookMs: number): void {
  plans.inc({ outcome });
  seconds.observe(tookMs / 1_000);
}
