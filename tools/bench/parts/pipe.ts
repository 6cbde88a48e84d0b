import { createDatabases, databaseUrlOf } from '../../dev/system/databases.js';
import { startSystem } from '../../dev/system/start-system.js';
import { measurePipeLatency, measureRelay } from '../pipe.js';
import { ms, perSecond } from '../report.js';
import type { Run } from './run.js';

const database = 'bench_pipe';

/** Outbox → stream → consumer, on servers of its own: it purges the stream. */
export async function measurePipe(run: Run, dataDir: string): Promise<void> {
  const system = await startSystem({ dataDir, durable: true, services: [] });
  try {
    const serverUrl = databaseUrlOf(system.databaseUrl('stops'), 'postgres');
    await createDatabases(serverUrl, [database]);
    const { natsUrl, natsSeed } = system;
    const servers = { databaseUrl: databaseUrlOf(serverUrl, database), natsUrl, natsSeed };
    const { rowsPerSecond, barePerSecond, ratio } = await measureRelay(servers);
    const { p50Ms, p99Ms } = await measurePipeLatency(servers);
    run.report.add({ what: 'bare pipelined JetStream publisher', figure: perSecond(barePerSecond) });
    run.report.add({
      what: 'outbox rows through the relay',
      figure: perSecond(rowsPerSecond),
      ratio: `${ratio.toFixed(2)} ×`,
      must: { text: '≥ 0.6 ×', met: ratio >= 0.6 },
    });
    run.report.add({
      what: 'commit → delivered, idle consumer',
      figure: `p50 ${ms(p50Ms)}, p99 ${ms(p99Ms)}`,
      must: { text: 'p50 ≤ 3 ms, p99 ≤ 15 ms', met: p50Ms <= 3 && p99Ms <= 15 },
    });
  } finally {
    await system.stop();
  }
}
