import { floor, type FloorResult } from '../baseline/baseline.js';
import { bytesPerRegistration, makeScratchDatabase } from '../baseline/scratch-database.js';
import type { MeasuredSystem } from '../measured-system.js';
import { against, median, ms, perSecond, times } from '../report.js';
import { registrationRound, type RegistrationRound, type RoundPlan } from './registration-round.js';
import { connections, type Run } from './run.js';

const plainWriters = 16;
const perTransaction = 50;
const warmUp = 2_000;
/** A is slow, and as right with fewer. */
const shareOfA = 4;
const leastOfA = 4;
const leastOfB = 0.33;
/** With more connections the batches are larger, and so is the share of the ceiling. */
const leastOfBWide = 0.45;
/** 99 of 100 registrations take at most this share of what 99 of 100 transactions of A take. */
const mostOfTail = 0.5;

/** S, A and B in turns, so that whatever else the machine does meets all three. A first, shorter round warms S up. */
export async function measureRush(run: Run, measured: MeasuredSystem): Promise<void> {
  const { rounds, companies } = run.options;
  const databaseUrl = await makeScratchDatabase(measured.system.databaseUrl('registrations'));
  const seen = { S: [] as RegistrationRound[], A: [] as FloorResult[], B: [] as FloorResult[] };
  const oneByOne = {
    registrations: Math.ceil(companies / shareOfA),
    writers: plainWriters,
    perTransaction: 1,
  };
  const together = { registrations: companies, writers: 1, perTransaction };
  const whole = { companies: run.companies, stops: 1, connections };
  if (run.wants('S'))
    await registrationRound(measured, { ...whole, companies: run.companies.slice(0, warmUp) });
  for (let round = 1; round <= rounds; round += 1) {
    if (run.wants('S')) seen.S.push(await run.tell(`S ${round}`, registrationRound(measured, whole)));
    await measured.quiet();
    if (run.wants('A')) seen.A.push(await run.tell(`A ${round}`, floor({ databaseUrl, ...oneByOne })));
    await measured.quiet();
    if (run.wants('B')) seen.B.push(await run.tell(`B ${round}`, floor({ databaseUrl, ...together })));
  }
  reportWhole(run, seen.S);
  reportFloor(run, 'A: PostgreSQL alone, one by one', seen.A, 'A', leastOfA);
  reportFloor(run, 'B: PostgreSQL alone, 50 by 50', seen.B, 'B', leastOfB);
  reportTail(run, seen.A);
  if (run.wants('S') && run.wants('A', 'B')) await compareRows(run, measured, databaseUrl);
}

function reportWhole(run: Run, rounds: readonly RegistrationRound[]): void {
  const sorted = [...rounds].sort((a, b) => a.perSecond - b.perSecond);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) return;
  run.wholePath = middle.perSecond;
  run.gatewayUs = middle.cpuUs.gateway;
  const p99Ms = median(rounds.map((round) => round.p99Ms));
  run.report.add({ what: 'S: one stop, 64 connections', figure: figureOf(middle) });
  run.report.add({
    what: 'S: 99 of 100 answers within',
    figure: ms(p99Ms),
    must: { text: '≤ 100 ms', met: p99Ms <= 100 },
  });
  run.report.add({ what: 'S: CPU a registration', figure: cpuOf(Object.entries(middle.cpuUs)) });
  const databases = cpuOf([...middle.databaseCpuUs]);
  run.report.add({ what: 'S: of this PostgreSQL, by database', figure: databases });
  run.wholePathP99Ms = p99Ms;
}

function reportTail({ wholePathP99Ms: ours, report }: Run, rounds: readonly FloorResult[]): void {
  if (ours === null || rounds.length === 0) return;
  const theirs = median(rounds.map(({ p99Ms }) => p99Ms));
  const figure = `${ms(ours)} and ${ms(theirs)}`;
  const must = { text: `≤ ${mostOfTail} ×`, met: ours <= mostOfTail * theirs };
  report.add({ what: 'p99 of S and of A', figure, ratio: times(ours, theirs), must });
}

function reportFloor(
  run: Run,
  what: string,
  rounds: readonly FloorResult[],
  name: string,
  least: number,
): void {
  if (rounds.length === 0) return;
  const rate = median(rounds.map((round) => round.perSecond));
  if (name === 'B') run.ceiling = rate;
  const S = run.wholePath;
  if (S === null) run.report.add({ what, figure: perSecond(rate) });
  else {
    const must = { text: `S ≥ ${least} × ${name}`, met: S >= least * rate };
    run.report.add({ what, figure: perSecond(rate), ratio: `S = ${times(S, rate)} ${name}`, must });
  }
}

/** A and B mean something only as long as their rows are those of the service. */
async function compareRows(run: Run, measured: MeasuredSystem, scratch: string): Promise<void> {
  const ours = await bytesPerRegistration(measured.system.databaseUrl('registrations'));
  const theirs = await bytesPerRegistration(scratch);
  const figure = `${Math.round(ours)} and ${Math.round(theirs)} bytes`;
  run.report.add({ what: 'rows of one registration: S, and A and B', figure, ratio: times(theirs, ours) });
}

/** S under other circumstances, against S. @param least what of S it must reach */
export async function measureVariation(
  run: Run,
  what: string,
  measured: MeasuredSystem,
  over: Partial<RoundPlan> = {},
  least?: number,
): Promise<RegistrationRound> {
  const plan = { companies: run.companies, stops: 1, connections, ...over };
  const round = await run.tell(what, registrationRound(measured, plan));
  run.report.add({ what, figure: figureOf(round), ...run.againstWhole(round.perSecond, least) });
  return round;
}

/** S with so many connections that each batch is large. */
export async function measureWide(
  run: Run,
  measured: MeasuredSystem,
  manyConnections: number,
): Promise<void> {
  const what = `S with ${manyConnections} connections`;
  const { perSecond: rate } = await measureVariation(run, what, measured, { connections: manyConnections });
  if (run.ceiling === null) return;
  run.report.add({
    what: `${what}, against B`,
    figure: perSecond(rate),
    ...against(rate, run.ceiling, 'B', leastOfBWide),
  });
}

function figureOf({ perSecond: rate, p50Ms, p99Ms }: RegistrationRound): string {
  return `${perSecond(rate)}, p50 ${ms(p50Ms)}, p99 ${ms(p99Ms)}`;
}

function cpuOf(usages: readonly (readonly [string, number])[]): string {
  const each = usages.filter(([, us]) => us >= 1);
  return `${each.map(([name, us]) => `${name} ${Math.round(us)}`).join(', ')} µs`;
}
