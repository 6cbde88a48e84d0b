import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { makeTestFolder, removeTestFolder } from '../dev/system/test-folder.js';
import { signUp } from './companies.js';
import type { LoadResult } from './load/load.js';
import { MeasuredSystem, processNames, type Usage } from './measured-system.js';
import { measureImport } from './parts/import.js';
import { measureLone, reportLone } from './parts/lone.js';
import { measureMeetings } from './parts/meetings.js';
import { measurePages } from './parts/pages.js';
import { measurePipe } from './parts/pipe.js';
import { measurePlans } from './parts/plans.js';
import { measureFreshness, measureReads } from './parts/reads.js';
import type { Part } from './options.js';
import type { Run } from './parts/run.js';
import { measureStart } from './parts/start.js';
import { measureAtStop } from './parts/at-stop.js';
import { measureBesideSignIns } from './parts/beside-sign-ins.js';
import { measureBesideExport } from './parts/beside-export.js';
import { measureDeliveries } from './parts/deliveries.js';
import { measureEndpoints } from './parts/endpoints.js';
import { measureFollowers } from './parts/followers.js';
import { measureFollowing } from './parts/following.js';
import { measureMail } from './parts/mail.js';
import { measureScale } from './parts/scale.js';
import { measureStreams } from './parts/streams.js';
import { measureRush, measureVariation, measureWide } from './parts/rush.js';
import { ms, perSecond } from './report.js';

const manyConnections = 512;
const manyStops = 100;
/** What S on many stops, and company sign-ups, must reach of S. */
const leastSpread = 0.7;
const leastSignUps = 0.45;

/** Parts that need no running system beside them, or start their own. */
const withoutSystem: readonly Part[] = ['start', 'pipe', 'plans', 'mail'];

/** Measures the parts asked for. The same data are used with batching and, after a restart, without. */
export async function bench(run: Run): Promise<void> {
  const dataDir = makeTestFolder();
  try {
    await run.measure(['start'], () => measureStart(run));
    await run.measure(['pipe'], () => measurePipe(run, dataDir));
    await run.measure(['plans'], () => measurePlans(run));
    await run.measure(['mail'], () => measureMail(run));
    if ([...run.options.parts].every((part) => withoutSystem.includes(part))) return;
    const env = { EGRESS_ALLOW: '127.0.0.0/8' };
    await withSystem(run, dataDir, env, (measured) => measureBatched(run, measured));
    if (!run.wants('off', 'alone')) return;
    const off = { REGISTRATION_BATCHING: 'off' };
    await withSystem(run, dataDir, off, (measured) => measureOneByOne(run, measured));
  } finally {
    removeTestFolder(dataDir);
  }
}

async function measureBatched(run: Run, measured: MeasuredSystem): Promise<void> {
  const atRest = measured.memoryMb();
  const signUps = run.wants(...withCompanies) ? await signUpCompanies(run, measured) : null;
  await run.measure(['S', 'A', 'B'], () => measureRush(run, measured));
  if (signUps !== null) reportSignUps(run, signUps);
  await run.measure(['spread'], async () => {
    await measureVariation(run, 'S on 100 stops', measured, { stops: manyStops }, leastSpread);
  });
  await run.measure(['wide'], () => measureWide(run, measured, manyConnections));
  await run.measure(['following'], () => measureFollowing(run, measured, 'notifications'));
  await run.measure(['following'], () => measureFollowing(run, measured, 'matching'));
  await run.measure(['followers'], () => measureFollowers(run, measured));
  await run.measure(['doors', 'sessions'], () => measureAtStop(run, measured));
  await run.measure(['export'], () => measureBesideExport(run, measured));
  await run.measure(['signins'], () => measureBesideSignIns(run, measured));
  await run.measure(['import'], () => measureImport(run, measured));
  await run.measure(['meetings'], () => measureMeetings(run, measured));
  await run.measure(['alone'], async () => {
    run.lone = await measureLone(run, measured);
  });
  await run.measure(['reads'], () => measureReads(run, measured));
  await run.measure(['pages'], () => measurePages(run, measured));
  await run.measure(['fresh'], () => measureFreshness(run, measured));
  await run.measure(['deliveries'], () => measureDeliveries(run, measured));
  await run.measure(['endpoints'], () => measureEndpoints(run, measured));
  await run.measure(['streams'], () => measureStreams(run, measured));
  await run.measure(['scale'], () => measureScale(run, measured));
  if (run.wants('memory')) reportMemory(run, atRest, measured.memoryMb());
  await run.measure(['cold'], async () => {
    await restart(measured);
    await measureVariation(run, 'S just after a start, no key known', measured);
  });
}

async function measureOneByOne(run: Run, measured: MeasuredSystem): Promise<void> {
  await run.measure(['alone'], async () => reportLone(run, await measureLone(run, measured)));
  await run.measure(['off'], async () => {
    await measureVariation(run, 'S with batching off', measured);
  });
}

/** The parts in which companies register. */
const withCompanies = [
  'signups',
  'S',
  'spread',
  'wide',
  'following',
  'doors',
  'sessions',
  'export',
  'signins',
  'meetings',
  'scale',
  'cold',
  'off',
  'alone',
] as const satisfies Part[];

async function signUpCompanies(run: Run, measured: MeasuredSystem): Promise<LoadResult> {
  run.report.progress(`signing up ${run.options.companies} companies ...`);
  const { companies, result } = await signUp(measured.port, run.options.companies);
  run.companies = companies;
  return result;
}

/** Reported after S, which it is compared with. */
function reportSignUps(run: Run, { perSecond: rate, p50Ms, p99Ms }: LoadResult): void {
  const figure = `${perSecond(rate)}, p50 ${ms(p50Ms)}, p99 ${ms(p99Ms)}`;
  run.report.add({ what: 'company sign-ups', figure, ...run.againstWhole(rate, leastSignUps) });
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
