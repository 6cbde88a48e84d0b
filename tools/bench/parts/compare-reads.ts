import { startBareFastify, type BareFastify } from '../bare-fastify.js';
import { load } from '../load/load.js';
import type { MeasuredSystem } from '../measured-system.js';
import { cpuMsOf } from '../process-usage.js';
import { median } from '../report.js';

const connections = 64;

export interface ReadsPlan {
  readonly path: string;
  readonly rounds: number;
  readonly seconds: number;
}

export interface ReadsResult {
  readonly bytes: number;
  readonly perSecond: number;
  readonly barePerSecond: number;
  /** CPU time of the server a request, in microseconds. */
  readonly cpuUs: number;
  readonly bareCpuUs: number;
}

/** One public read from the gateway's memory, in turns with a bare Fastify server that returns the same bytes. */
export async function compareReads(measured: MeasuredSystem, plan: ReadsPlan): Promise<ReadsResult> {
  const response = await fetch(`${measured.system.url}${plan.path}`);
  const body = await response.text();
  if (!response.ok) throw new Error(`${plan.path} was answered with ${response.status}: ${body}`);
  const bare = await startBareFastify({ body, contentType: response.headers.get('content-type') ?? '' });
  try {
    return { bytes: Buffer.byteLength(body), ...(await inTurns(measured, bare, plan)) };
  } finally {
    bare.stop();
  }
}

async function inTurns(measured: MeasuredSystem, bare: BareFastify, { path, rounds, seconds }: ReadsPlan) {
  const [gateway = 0] = measured.system.pids('gateway');
  const runs = [];
  await readFor(measured.port, path, gateway, 1);
  await readFor(bare.port, '/', bare.pid, 1);
  for (let round = 0; round < rounds; round += 1) {
    const ours = await readFor(measured.port, path, gateway, seconds);
    runs.push({ ours, theirs: await readFor(bare.port, '/', bare.pid, seconds) });
  }
  return {
    perSecond: median(runs.map(({ ours }) => ours.perSecond)),
    barePerSecond: median(runs.map(({ theirs }) => theirs.perSecond)),
    cpuUs: median(runs.map(({ ours }) => ours.cpuUs)),
    bareCpuUs: median(runs.map(({ theirs }) => theirs.cpuUs)),
  };
}

async function readFor(port: number, path: string, pid: number, seconds: number) {
  const before = cpuMsOf(pid);
  const { perSecond, answers } = await load({
    port,
    connections,
    requests: [{ method: 'GET', path }],
    seconds,
  });
  return { perSecond, cpuUs: ((cpuMsOf(pid) - before) * 1_000) / answers };
}
