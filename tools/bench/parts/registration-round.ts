import type { Stop } from '#contracts';
import { load, type LoadResult } from '../load/load.js';
import { registrationRequest, type BenchCompany } from '../companies.js';
import { processNames, type MeasuredSystem, type Usage } from '../measured-system.js';

export interface RegistrationRound extends LoadResult {
  /** CPU time a registration, in microseconds, of each process; `load` is the load generator. */
  readonly cpuUs: Usage & { readonly load: number };
  /** The same of PostgreSQL's processes, by database. */
  readonly databaseCpuUs: ReadonlyMap<string, number>;
  /** The stops of the round. */
  readonly stops: readonly Stop[];
}

export interface RoundPlan {
  readonly companies: readonly BenchCompany[];
  /** How many stops the companies spread over. */
  readonly stops: number;
  readonly connections: number;
  /** Whether the bodies of the answers are wanted. */
  readonly keepBodies?: boolean;
  /** Where they register; made for the round unless they are given. */
  readonly at?: readonly Stop[];
}

/** Every company registers two delegates at a stop made for this round. */
export async function registrationRound(
  measured: MeasuredSystem,
  plan: RoundPlan,
): Promise<RegistrationRound> {
  const stops = plan.at ?? (await measured.stops.openStops(plan.stops));
  await measured.quiet();
  const requests = plan.companies.map((company, index) =>
    registrationRequest(company, stops[index % stops.length]?.id ?? ''),
  );
  const { connections, keepBodies = false } = plan;
  const [before, databasesBefore] = [measured.cpuMs(), measured.databaseCpuMs()];
  const result = await load({ port: measured.port, connections, requests, keepBodies });
  const [after, databasesAfter] = [measured.cpuMs(), measured.databaseCpuMs()];
  const us = (cpuMs: number): number => (cpuMs * 1_000) / result.answers;
  const each = processNames.map((name) => [name, us(after[name] - before[name])]);
  const cpuUs = { ...Object.fromEntries(each), load: us(result.cpuMs) } as RegistrationRound['cpuUs'];
  const databaseCpuUs = new Map(
    [...databasesAfter].map(([name, cpuMs]) => [name, us(cpuMs - (databasesBefore.get(name) ?? 0))]),
  );
  await confirmAll(
    measured,
    stops.map(({ id }) => id),
    plan.companies.length * 2,
  );
  return { ...result, cpuUs, databaseCpuUs, stops };
}

/** What was answered must be there, else the figure would be of something else. */
async function confirmAll(
  { system }: MeasuredSystem,
  stopIds: readonly string[],
  seats: number,
): Promise<void> {
  let confirmed = 0;
  for (const id of stopIds) {
    const response = await fetch(`${system.url}/v1/stops/${id}/availability`);
    confirmed += ((await response.json()) as { confirmed: number }).confirmed;
  }
  if (confirmed !== seats)
    throw new Error(`${seats} seats were answered for and ${confirmed} are confirmed.`);
}
