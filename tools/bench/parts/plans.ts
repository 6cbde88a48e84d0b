import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { PlanningThread } from '../../../apps/matching/src/plans/plan.thread.js';
import { defaultPlanSteps } from '../../../libs/contracts/src/index.js';
import { randomInstance, type InstanceShape } from '../../../libs/planning/src/testing/instances.js';
import type { Run } from './run.js';

interface PlanCase {
  readonly shape: InstanceShape;
  /** What of its bound a plan must reach, in percent. */
  readonly leastPercent: number;
  readonly mostCpuSeconds: number;
}

const cases: readonly PlanCase[] = [
  {
    shape: { companies: 100, requests: 300, slots: 12, tables: 25, seed: 1 },
    leastPercent: 99.5,
    mostCpuSeconds: 3,
  },
  {
    shape: { companies: 300, requests: 1_500, slots: 18, tables: 60, seed: 2 },
    leastPercent: 99,
    mostCpuSeconds: 10,
  },
];
/** How long the loop of the process that owns the thread may be held up in 99 of 100 looks. */
const mostLoopMs = 30;
const searchSeconds = 10;

/**
 * Plans of made-up stops, each by a thread of this process as the service has it. The memory that they need is measured of
 * the built service, by the part `meetings`: here the compiler has most of it.
 */
export async function measurePlans(run: Run): Promise<void> {
  for (const one of cases) await measurePlan(run, one);
}

async function measurePlan(run: Run, { shape, leastPercent, mostCpuSeconds }: PlanCase): Promise<void> {
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  const effort = { seed: 1, steps: defaultPlanSteps, seconds: searchSeconds };
  const thread = new PlanningThread({ problem: randomInstance(shape), effort }, () => undefined);
  const plan = await thread.plan;
  await thread.stop();
  loop.disable();
  if (plan === null) throw new Error('The plan was stopped.');
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpuSeconds = (user + system) / 1e6;
  const percent = (plan.value / plan.bound) * 100;
  const loopMs = loop.percentile(99) / 1e6;
  run.report.add({
    what: `plan of ${shape.requests} meetings, ${shape.slots} × ${shape.tables}`,
    figure:
      `${percent.toFixed(2)} % of the bound (${plan.endedBy}), ${cpuSeconds.toFixed(1)} s CPU, ` +
      `${((performance.now() - began) / 1_000).toFixed(1)} s, loop p99 ${loopMs.toFixed(0)} ms`,
    must: {
      text: `≥ ${leastPercent} %, ≤ ${mostCpuSeconds} s CPU, p99 ≤ ${mostLoopMs} ms`,
      met: percent >= leastPercent && cpuSeconds <= mostCpuSeconds && loopMs <= mostLoopMs,
    },
  });
}
