import { makeTestFolder, removeTestFolder } from '../system/test-folder.js';
import { signUp, type BenchCompany } from './companies.js';
import { bytesPerRegistration, makeScratchDatabase } from './floor/scratch-database.js';
import { floor, type FloorResult } from './floor/floor.js';
import { staleTimesMs } from './freshness.js';
import { MeasuredSystem, processNames } from './measured-system.js';
import type { BenchOptions, Part } from './options.js';
import { compareReads } from './reads-bench.js';
import { registrationRound, type RegistrationRound, type RoundPlan } from './registrations-bench.js';
import { median, ms, perSecond, times, type Report } from './report.js';

const connections = 64;
const manyConnections = 512;
const manyStops = 100;
const plainWriters = 16;
const perTransaction = 50;
const loneRequests = 500;
/** One lone request may take this much longer than without batching before it counts: two runs of one thing differ by it. */
const loneTolerance = 1.1;

type Measured = Partial<
  Record<'S' | 'off' | 'spread' | 'wide' | 'cold' | 'alone' | 'aloneOff', RegistrationRound>
>;

/** Measures the parts asked for on one system, and reports them against each other. */
export class Bench {
  private readonly dataDir = makeTestFolder();
  private companies: BenchCompany[] = [];
  private readonly seen: Measured = {};
  private readonly floors: { A?: number; B?: number } = {};

  constructor(
    private readonly options: BenchOptions,
    private readonly report: Report,
  ) {}

  async run(): Promise<void> {
    try {
      await this.withSystem({}, (measured) => this.runBatched(measured));
      if (this.wants('off', 'alone')) {
        await this.withSystem({ REGISTRATION_BATCHING: 'off' }, (measured) => this.runOneByOne(measured));
      }
    } finally {
      removeTestFolder(this.dataDir);
    }
  }

  private async runBatched(measured: MeasuredSystem): Promise<void> {
    const idleMb = measured.memoryMb();
    await this.signUpCompanies(measured);
    if (this.wants('S', 'A', 'B')) await this.measureInTurns(measured);
    if (this.wants('spread')) await this.oneRound('spread', 'S on 100 stops', measured, { stops: manyStops });
    if (this.wants('wide'))
      await this.oneRound('wide', 'S with 512 connections', measured, { connections: manyConnections });
    if (this.wants('cold')) {
      await restart(measured);
      await this.oneRound('cold', 'S, keys never seen since the start', measured, {});
    }
    if (this.wants('alone')) this.seen.alone = await this.lone(measured);
    if (this.wants('reads')) await this.measureReads(measured);
    if (this.wants('fresh')) await this.measureFreshness(measured);
    if (this.wants('memory')) this.reportMemory(idleMb, measured);
  }

  private async runOneByOne(measured: MeasuredSystem): Promise<void> {
    if (this.wants('off')) await this.oneRound('off', 'S with batching off', measured, {});
    if (!this.wants('alone')) return;
    this.seen.aloneOff = await this.lone(measured);
    this.reportLone();
  }

  private async withSystem(
    env: Record<string, string>,
    work: (measured: MeasuredSystem) => Promise<void>,
  ): Promise<void> {
    const { profile } = this.options;
    const profiled = profile === null ? {} : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profile}` };
    const measured = await MeasuredSystem.start(this.dataDir, { ...profiled, ...env });
    try {
      await work(measured);
    } finally {
      await measured.system.stop();
    }
  }

  private wants(...parts: Part[]): boolean {
    return parts.some((part) => this.options.parts.has(part));
  }

  private async signUpCompanies(measured: MeasuredSystem): Promise<void> {
    if (!this.wants('signups', 'S', 'spread', 'wide', 'cold', 'off', 'alone')) return;
    this.report.progress(`signing up ${this.options.companies} companies ...`);
    const { companies, result } = await signUp(measured.port, this.options.companies);
    this.companies = companies;
    const p99 = `p99 ${ms(result.p99Ms)}`;
    this.report.add({ what: 'company sign-ups', figure: `${perSecond(result.perSecond)}, ${p99}` });
  }

  /** S, A and B in turns, so that whatever else the machine does meets all three. The first round of S warms up. */
  private async measureInTurns(measured: MeasuredSystem): Promise<void> {
    const { rounds, companies } = this.options;
    const scratch = await makeScratchDatabase(measured.system.databaseUrl('registrations'));
    const whole: RegistrationRound[] = [];
    const plain: FloorResult[] = [];
    const ceiling: FloorResult[] = [];
    const base = { databaseUrl: scratch, registrations: companies };
    if (this.wants('S')) await this.round(measured, { companies: this.companies.slice(0, 2_000) });
    for (let round = 1; round <= rounds; round += 1) {
      if (this.wants('S')) whole.push(await this.tell(`S ${round}`, this.round(measured, {})));
      await measured.quiet();
      const one = {
        ...base,
        registrations: Math.ceil(companies / 4),
        writers: plainWriters,
        perTransaction: 1,
      };
      if (this.wants('A')) plain.push(await this.tell(`A ${round}`, floor(one)));
      await measured.quiet();
      if (this.wants('B'))
        ceiling.push(await this.tell(`B ${round}`, floor({ ...base, writers: 1, perTransaction })));
    }
    if (whole.length > 0) this.seen.S = medianRound(whole);
    if (plain.length > 0) this.floors.A = median(plain.map((one) => one.perSecond));
    if (ceiling.length > 0) this.floors.B = median(ceiling.map((one) => one.perSecond));
    this.reportRegistrations();
    if (this.wants('S') && this.wants('A', 'B')) await this.compareRows(measured, scratch);
  }

  private async tell<T extends { perSecond: number }>(what: string, work: Promise<T>): Promise<T> {
    const result = await work;
    this.report.progress(`${what}: ${perSecond(result.perSecond)}`);
    return result;
  }

  private round(measured: MeasuredSystem, over: Partial<RoundPlan>): Promise<RegistrationRound> {
    return registrationRound(measured, { companies: this.companies, stops: 1, connections, ...over });
  }

  private reportRegistrations(): void {
    const { S } = this.seen;
    const { A, B } = this.floors;
    if (S !== undefined) {
      this.report.add({ what: 'S: one stop, 64 connections', figure: figureOf(S) });
      this.report.add({
        what: 'S: 99 of 100 answers within',
        figure: ms(S.p99Ms),
        must: { text: '≤ 100 ms', met: S.p99Ms <= 100 },
      });
      this.report.add({ what: 'S: CPU a registration', figure: cpuOf(S) });
    }
    if (A !== undefined)
      this.report.add({ what: 'A: PostgreSQL, one by one', figure: perSecond(A), ...against('A', S, A, 4) });
    if (B !== undefined)
      this.report.add({ what: 'B: PostgreSQL, 50 by 50', figure: perSecond(B), ...against('B', S, B, 0.3) });
  }

  /** A and B mean something only as long as their rows are those of the service. */
  private async compareRows(measured: MeasuredSystem, scratch: string): Promise<void> {
    const ours = await bytesPerRegistration(measured.system.databaseUrl('registrations'));
    const theirs = await bytesPerRegistration(scratch);
    const figure = `${Math.round(ours)} and ${Math.round(theirs)} bytes`;
    this.report.add({ what: 'rows of one registration, S and A/B', figure, ratio: times(theirs, ours) });
  }

  private async oneRound(
    name: 'spread' | 'wide' | 'cold' | 'off',
    what: string,
    measured: MeasuredSystem,
    over: Partial<RoundPlan>,
  ): Promise<void> {
    const round = await this.tell(what, this.round(measured, over));
    this.seen[name] = round;
    const { S } = this.seen;
    const ratio = S === undefined ? {} : { ratio: `${times(round.perSecond, S.perSecond)} S` };
    this.report.add({ what, figure: figureOf(round), ...ratio });
  }

  private async lone(measured: MeasuredSystem): Promise<RegistrationRound> {
    await this.round(measured, { companies: this.companies.slice(0, loneRequests), connections: 8 });
    const companies = this.companies.slice(0, loneRequests);
    return this.tell('one client alone', this.round(measured, { companies, connections: 1 }));
  }

  private reportLone(): void {
    const { alone, aloneOff } = this.seen;
    if (alone === undefined || aloneOff === undefined) return;
    const figure = ({ p50Ms, p99Ms }: RegistrationRound): string => `p50 ${ms(p50Ms)}, p99 ${ms(p99Ms)}`;
    this.report.add({ what: 'one client alone, batching off', figure: figure(aloneOff) });
    this.report.add({
      what: 'one client alone',
      figure: figure(alone),
      ratio: times(alone.p50Ms, aloneOff.p50Ms),
      must: { text: 'no slower (± 10 %)', met: alone.p50Ms <= aloneOff.p50Ms * loneTolerance },
    });
  }

  private async measureReads(measured: MeasuredSystem): Promise<void> {
    const { rounds, seconds } = this.options;
    const { id } = await measured.stops.stopWithTimetable();
    for (const [what, path] of [
      ['a stop', `/v1/stops/${id}`],
      ['a timetable', `/v1/stops/${id}/timetable`],
    ] as const) {
      await measured.quiet();
      const reads = await this.tell(`reads of ${what}`, compareReads(measured, { path, rounds, seconds }));
      const bare = `${perSecond(reads.barePerSecond)}, ${Math.round(reads.bareCpuUs)} µs CPU`;
      this.report.add({ what: `bare Fastify, ${reads.bytes} bytes`, figure: bare });
      this.report.add({
        what: `public reads of ${what}`,
        figure: `${perSecond(reads.perSecond)}, ${Math.round(reads.cpuUs)} µs CPU`,
        ratio: times(reads.perSecond, reads.barePerSecond),
        must: { text: '≥ 0.6 ×', met: reads.perSecond >= 0.6 * reads.barePerSecond },
      });
    }
  }

  private async measureFreshness(measured: MeasuredSystem): Promise<void> {
    const stale = await staleTimesMs(measured.system, await measured.stops.openStop());
    const longest = stale.at(-1) ?? NaN;
    this.report.add({
      what: 'a read is right after a change within',
      figure: `p50 ${ms(median(stale))}, longest ${ms(longest)}`,
      must: { text: '≤ 100 ms', met: longest <= 100 },
    });
  }

  private reportMemory(idleMb: ReturnType<MeasuredSystem['memoryMb']>, measured: MeasuredSystem): void {
    const nowMb = measured.memoryMb();
    const each = processNames.map(
      (name) => `${name} ${Math.round(idleMb[name])} → ${Math.round(nowMb[name])}`,
    );
    this.report.add({ what: 'memory in MB, at rest → after the load', figure: each.join(', ') });
  }
}

/** The gateway and registrations forget what they have learnt of callers. */
async function restart({ system }: MeasuredSystem): Promise<void> {
  for (const name of ['gateway', 'registrations'] as const) {
    await system.halt(name);
    system.resume(name);
  }
  const isReady = async (): Promise<boolean> =>
    (await fetch(`${system.url}/health/ready`).catch(() => null))?.status === 200;
  while (!(await isReady()));
}

function medianRound(rounds: readonly RegistrationRound[]): RegistrationRound | never {
  const sorted = [...rounds].sort((a, b) => a.perSecond - b.perSecond);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('There was no round.');
  return middle;
}

function figureOf({ perSecond: rate, p50Ms, p99Ms }: RegistrationRound): string {
  return `${perSecond(rate)}, p50 ${ms(p50Ms)}, p99 ${ms(p99Ms)}`;
}

function cpuOf({ cpuUs }: RegistrationRound): string {
  const each = Object.entries(cpuUs).filter(([, us]) => us >= 1);
  return each
    .map(([name, us]) => `${name} ${Math.round(us)}`)
    .join(', ')
    .concat(' µs');
}

function against(name: string, S: RegistrationRound | undefined, rate: number, least: number) {
  if (S === undefined) return {};
  return {
    ratio: `S = ${times(S.perSecond, rate)} ${name}`,
    must: { text: `S ≥ ${least} × ${name}`, met: S.perSecond >= least * rate },
  };
}
