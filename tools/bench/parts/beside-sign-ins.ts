import { registrationRequest } from '../companies.js';
import { load, type LoadRequest, type LoadResult } from '../load/load.js';
import type { MeasuredSystem } from '../measured-system.js';
import { ms, perSecond, times } from '../report.js';
import { connections, type Run } from './run.js';

type Times = Pick<LoadResult, 'p50Ms' | 'p99Ms'>;

/** Browsers that sign in at once. */
const signIns = 10_000;
const requests = 500;
const mostRatio = 2;

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
  const beside: Times[] = [];
  while (!isOver || beside.length === 0) beside.push(await registerOneByOne(run, measured));
  const { perSecond: rate } = await signingIn;
  // The last round outlasts the sign-ins, so the worst round counts.
  const worst = beside.reduce((one, other) => (other.p99Ms > one.p99Ms ? other : one));
  run.report.add({
    what: `a registration beside ${signIns.toLocaleString('en')} sign-ins, p99`,
    figure: `${ms(worst.p99Ms)}, alone ${ms(alone.p99Ms)}, sign-ins ${perSecond(rate)}`,
    ratio: times(worst.p99Ms, alone.p99Ms),
    must: { text: `≤ ${mostRatio} ×`, met: worst.p99Ms <= mostRatio * alone.p99Ms },
  });
  run.report.add({
    what: 'the same, p50',
    figure: `${ms(worst.p50Ms)}, alone ${ms(alone.p50Ms)}`,
    ratio: times(worst.p50Ms, alone.p50Ms),
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

async function registerOneByOne(run: Run, measured: MeasuredSystem): Promise<Times> {
  const stop = await measured.stops.openStop();
  const own = run.companies.slice(0, requests).map((company) => registrationRequest(company, stop.id));
  return load({ port: measured.port, connections: 1, requests: own });
}
