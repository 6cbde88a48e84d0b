import type { MeasuredSystem } from '../measured-system.js';
import { median, ms, perSecond, times } from '../report.js';
import { compareReads, type ReadsResult } from './compare-reads.js';
import type { Run } from './run.js';
import { staleTimesMs } from './stale-times.js';

const leastRatio = 0.6;
const freshWithinMs = 100;
/** What a registration may cost the gateway, in requests of a bare server. */
const mostBareRequests = 4.5;

/** Public reads against a bare Fastify server. */
export async function measureReads(run: Run, measured: MeasuredSystem): Promise<void> {
  const { rounds, seconds } = run.options;
  const { id } = await measured.stops.stopWithTimetable();
  for (const [what, path] of [
    ['a stop', `/v1/stops/${id}`],
    ['a timetable', `/v1/stops/${id}/timetable`],
  ] as const) {
    await measured.quiet();
    const reads = await run.tell(`reads of ${what}`, compareReads(measured, { path, rounds, seconds }));
    reportReads(run, what, reads);
    if (what === 'a stop') reportEdge(run, reads.bareCpuUs);
  }
}

/** What authentication, validation, limits and the way to the service cost beside reading and answering HTTP. */
function reportEdge({ gatewayUs, report }: Run, bareUs: number): void {
  if (gatewayUs === null) return;
  report.add({
    what: 'S: CPU of the gateway a registration, against a request of bare Fastify',
    figure: `${Math.round(gatewayUs)} and ${Math.round(bareUs)} µs`,
    ratio: times(gatewayUs, bareUs),
    must: { text: `≤ ${mostBareRequests} ×`, met: gatewayUs <= mostBareRequests * bareUs },
  });
}

function reportReads(run: Run, what: string, reads: ReadsResult): void {
  const { bytes, perSecond: ours, barePerSecond: bare, cpuUs, bareCpuUs } = reads;
  run.report.add({ what: `bare Fastify, ${bytes} bytes`, figure: figureOf(bare, bareCpuUs) });
  run.report.add({
    what: `public reads of ${what}`,
    figure: figureOf(ours, cpuUs),
    ratio: times(ours, bare),
    must: { text: `≥ ${leastRatio} ×`, met: ours >= leastRatio * bare },
  });
}

function figureOf(rate: number, cpuUs: number): string {
  return `${perSecond(rate)}, ${Math.round(cpuUs)} µs CPU`;
}

export async function measureFreshness(run: Run, measured: MeasuredSystem): Promise<void> {
  const stale = await staleTimesMs(measured.system, await measured.stops.openStop());
  const longest = stale.at(-1) ?? NaN;
  run.report.add({
    what: 'a read is right after a change within',
    figure: `p50 ${ms(median(stale))}, longest ${ms(longest)}`,
    must: { text: `≤ ${freshWithinMs} ms`, met: longest <= freshWithinMs },
  });
}
