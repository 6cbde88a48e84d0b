import type { MeasuredSystem } from '../measured-system.js';
import { ms, times } from '../report.js';
import { registrationRound, type RegistrationRound } from './registration-round.js';
import type { Run } from './run.js';

const requests = 500;
const warmUpConnections = 8;
/** A lone request may take this much longer than without batching: two runs of the very same differ by as much. */
const tolerance = 1.1;

/** One client that waits for each answer before it asks again. */
export async function measureLone(run: Run, measured: MeasuredSystem): Promise<RegistrationRound> {
  const companies = run.companies.slice(0, requests);
  await registrationRound(measured, { companies, stops: 1, connections: warmUpConnections });
  const round = registrationRound(measured, { companies, stops: 1, connections: 1 });
  return run.tell('one client alone', round);
}

export function reportLone(run: Run, off: RegistrationRound): void {
  const { lone } = run;
  if (lone === null) return;
  run.report.add({ what: 'one client alone, batching off', figure: figureOf(off) });
  run.report.add({
    what: 'one client alone',
    figure: figureOf(lone),
    ratio: times(lone.p50Ms, off.p50Ms),
    must: { text: 'no slower (± 10 %)', met: lone.p50Ms <= off.p50Ms * tolerance },
  });
}

function figureOf({ p50Ms, p99Ms }: RegistrationRound): string {
  return `p50 ${ms(p50Ms)}, p99 ${ms(p99Ms)}`;
}
