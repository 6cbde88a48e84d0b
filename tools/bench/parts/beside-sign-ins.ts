import { registrationRequest } from '../companies.js';
import { load, type LoadRequest } from '../load/load.js';
import type { MeasuredSystem } from '../measured-system.js';
import { ms, perSecond, times } from '../report.js';
import { connections, type Run } from './run.js';

/** Browsers that sign in at once. */
const signIns = 10_000;
const requests = 500;
const mostRatio = 3;

/**
 * One client that registers with a key, alone and while 10,000 browsers sign in. Both share the machine's cores, so the
 * registration waits for its turn; what must not happen is that it waits for what sign-ins hold.
 */
export async function measureBesideSignIns(run: Run, measured: MeasuredSystem): Promise<void> {
  const alone = await registerOneByOne(run, measured);
  let isOver = false;
  const signingIn = load({ port: measured.port, connections, requests: signInRequests(run) }).finally(() => {
    isOver = true;
  });
  const beside: number[] = [];
  while (!isOver || beside.length === 0) beside.push(await registerOneByOne(run, measured));
  const { perSecond: rate } = await signingIn;
  // The last round outlasts the sign-ins, so the worst round counts.
  const worst = Math.max(...beside);
  run.report.add({
    what: `a registration beside ${signIns.toLocaleString('en')} sign-ins, p99`,
    figure: `${ms(worst)}, alone ${ms(alone)}, sign-ins ${perSecond(rate)}`,
    ratio: times(worst, alone),
    must: { text: `≤ ${mostRatio} ×`, met: worst <= mostRatio * alone },
  });
}

/** Each company's key signs a browser in, some of them several. */
function signInRequests({ companies }: Run): LoadRequest[] {
  return Array.from({ length: signIns }, (_, index) => ({
    method: 'POST',
    path: '/v1/sign-in',
    body: { apiKey: companies[index % companies.length]?.apiKey ?? '' },
  }));
}

/** @returns what 99 of 100 requests took at most, in milliseconds */
async function registerOneByOne(run: Run, measured: MeasuredSystem): Promise<number> {
  const stop = await measured.stops.openStop();
  const own = run.companies.slice(0, requests).map((company) => registrationRequest(company, stop.id));
  const { p99Ms } = await load({ port: measured.port, connections: 1, requests: own });
  return p99Ms;
}
