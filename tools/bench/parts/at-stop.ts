import { Registration, type Stop } from '#contracts';
import { load, type LoadRequest, type LoadResult } from '../load/load.js';
import type { BenchCompany } from '../companies.js';
import type { MeasuredSystem } from '../measured-system.js';
import { ms, perSecond } from '../report.js';
import { registrationRound } from './registration-round.js';
import { connections, type Run } from './run.js';

/** Everybody fits into its room. */
const roomSeats = 100_000;
const leastCheckIns = 0.45;
const leastSessionSignUps = 0.35;

interface Registered {
  readonly company: BenchCompany;
  readonly registration: Registration;
}

/** What happens at one stop once everybody is registered: its doors open, and its talks are signed up for. */
export async function measureAtStop(run: Run, measured: MeasuredSystem): Promise<void> {
  const stop = await measured.stops.openStop(roomSeats);
  const registered = await registerAll(run, measured, stop);
  const measure = async (what: string, least: number, requests: LoadRequest[]): Promise<void> => {
    await measured.quiet();
    const result = await run.tell(what, load({ port: measured.port, connections, requests }));
    run.report.add({ what, figure: figureOf(result), ...run.againstWhole(result.perSecond, least) });
  };
  if (run.wants('doors'))
    await measure('check-ins, 64 connections', leastCheckIns, scans(measured, stop, registered));
  if (run.wants('sessions')) {
    const { id } = await measured.stops.addTalk(stop, 1);
    await measure('sign-ups for one session', leastSessionSignUps, sessionSignUps(id, registered));
  }
}

async function registerAll(run: Run, measured: MeasuredSystem, stop: Stop): Promise<Registered[]> {
  const { companies } = run;
  const plan = { companies, stops: 1, connections, keepBodies: true, at: [stop] };
  const { bodies } = await registrationRound(measured, plan);
  return companies.map((company, place) => ({
    company,
    registration: Registration.parse(JSON.parse(bodies[place] ?? '')),
  }));
}

/** One scan of each badge, as the scanners of the organizer send them. */
function scans({ system }: MeasuredSystem, stop: Stop, registered: readonly Registered[]): LoadRequest[] {
  const path = `/v1/stops/${stop.id}/check-ins`;
  return registered.flatMap(({ registration: { delegates } }) =>
    delegates.map(({ badge }) => ({
      method: 'POST' as const,
      path,
      apiKey: system.organizerKey,
      body: { badge },
    })),
  );
}

/** Each company signs one delegate up. */
function sessionSignUps(sessionId: string, registered: readonly Registered[]): LoadRequest[] {
  return registered.map(({ company: { apiKey, number }, registration: { delegates } }) => ({
    method: 'POST',
    path: `/v1/sessions/${sessionId}/signups`,
    apiKey,
    idempotencyKey: `bench-${sessionId}-${number}`,
    body: { delegateIds: delegates.slice(0, 1).map(({ id }) => id) },
  }));
}

function figureOf({ perSecond: rate, p50Ms, p99Ms }: LoadResult): string {
  return `${perSecond(rate)}, p50 ${ms(p50Ms)}, p99 ${ms(p99Ms)}`;
}
