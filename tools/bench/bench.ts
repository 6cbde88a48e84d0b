import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { makeTestFolder, removeTestFolder } from '../dev/system/test-folder.js';
import { signUp } from './companies.js';
import { MeasuredSystem, processNames, type Usage } from './measured-system.js';
import { measureLone, reportLone } from './parts/lone.js';
import { measurePipe } from './parts/pipe.js';
import { measureFreshness, measureReads } from './parts/reads.js';
import type { RoundPlan } from './parts/registration-round.js';
import type { Run } from './parts/run.js';
import { measureStart } from './parts/start.js';
import { measureRush, measureVariation } from './parts/rush.js';
import { ms, perSecond } from './report.js';

const manyConnections = 512;
const manyStops = 100;

/** Measures the parts asked for. The same data are used with batching and, after a restart, without. */
export async function bench(run: Run): Promise<void> {
  const dataDir = makeTestFolder();
  try {
    await run.measure(['start'], () => measureStart(run));
    await run.measure(['pipe'], () => measurePipe(run, dataDir));
    if ([...run.options.parts].every((part) => part === 'start' || part === 'pipe')) return;
    await withSystem(run, dataDir, {}, (measured) => measureBatched(run, measured));
    if (!run.wants('off', 'alone')) return;
    const off = { REGISTRATION_BATCHING: 'off' };
    await withSystem(run, dataDir, off, (measured) => measureOneByOne(run, measured));
  } finally {
    removeTestFolder(dataDir);
  }
}

async function measureBatched(run: Run, measured: MeasuredSystem): Promise<void> {
  const atRest = measured.memoryMb();
  const vary = (what: string, over?: Partial<RoundPlan>) => () => measureVariation(run, what, measured, over);
  if (run.wants('signups', 'S', 'spread', 'wide', 'cold', 'off', 'alone'))
    await signUpCompanies(run, measured);
  await run.measure(['S', 'A', 'B'], () => measureRush(run, measured));
  await run.measure(['spread'], vary('S on 100 stops', { stops: manyStops }));
  await run.measure(['wide'], vary('S with 512 connections', { connections: manyConnections }));
  await run.measure(['alone'], async () => {
    run.lone = await measureLone(run, measured);
  });
  await run.measure(['reads'], () => measureReads(run, measured));
  await run.measure(['fresh'], () => measureFreshness(run, measured));
  if (run.wants('memory')) reportMemory(run, atRest, measured.memoryMb());
  await run.measure(['cold'], async () => {
    await restart(measured);
    await measureVariation(run, 'S just after a start, no key known', measured);
  });
}

async function measureOneByOne(run: Run, measured: MeasuredSystem): Promise<void> {
  await run.measure(['alone'], async () => reportLone(run, await measureLone(run, measured)));
  await run.measure(['off'], () => measureVariation(run, 'S with batching off', measured));
}

async function signUpCompanies(run: Run, measured: MeasuredSystem): Promise<void> {
  run.report.progress(`signing up ${run.options.companies} companies ...`);
  const { companies, result } = await signUp(measured.port, run.options.companies);
  run.companies = companies;
  const figure = `${perSecond(result.perSecond)}, p50 ${ms(result.p50Ms)}, p99 ${ms(result.p99Ms)}`;
  run.report.add({ what: 'company sign-ups', figure });
}

function reportMemory(run: Run, atRest: Usage, nowMb: Usage): void {
  const each = processNames.map((name) => `${name} ${Math.round(atRest[name])} → ${Math.round(nowMb[name])}`);
  run.report.add({ what: 'memory in MB, at rest → after the load', figure: each.join(', ') });
}

async function withSystem(
  { options }: Run,
  dataDir: string,
  env: Record<string, string>,
  work: (measured: MeasuredSystem) => Promise<void>,
): Promise<void> {
  const measured = await MeasuredSystem.start(dataDir, { ...profileEnv(options.profile), ...env });
  try {
    await work(measured);
  } finally {
    await measured.system.stop();
  }
}

function profileEnv(folder: string | null): Record<string, string> {
  if (folder === null) return {};
  mkdirSync(folder, { recursive: true });
  const writer = new URL('write-profile.ts', import.meta.url);
  return { NODE_OPTIONS: `--import ${writer.href}`, BENCH_PROFILE: resolve(folder) };
}

/** The gateway and registrations forget what they have learnt of callers. */
async function restart({ system }: MeasuredSystem): Promise<void> {
  for (const name of ['gateway', 'registrations'] as const) {
    await system.halt(name);
    system.resume(name);
  }
  const status = async (): Promise<number | undefined> =>
    (await fetch(`${system.url}/health/ready`).catch(() => null))?.status;
  while ((await status()) !== 200);
}
