import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseServiceNames } from '#contracts';
import { PublicApi } from '../demo/public-api.js';
import { startSystem, type ProcessName, type RunningSystem } from '../dev/system/start-system.js';
import { cpuMsOf, memoryMbOf } from './process-usage.js';
import { StopMaker } from './stops.js';

export const processNames = [
  'gateway',
  'accounts',
  'stops',
  'registrations',
  'sessions',
  'postgres',
  'nats',
] as const satisfies readonly ProcessName[];
export type Usage = Readonly<Record<(typeof processNames)[number], number>>;

const quietWithinMs = 60_000;

/** The system under load, started as `npm start` does, and what can be seen of it from outside. */
export class MeasuredSystem {
  readonly stops: StopMaker;

  private constructor(readonly system: RunningSystem) {
    this.stops = new StopMaker(new PublicApi(system.url, system.organizerKey, () => undefined));
  }

  /** @param env is added to the environment of every service */
  static async start(dataDir: string, env: Record<string, string>): Promise<MeasuredSystem> {
    return new MeasuredSystem(await startSystem({ dataDir, durable: true, env }));
  }

  get port(): number {
    return Number(new URL(this.system.url).port);
  }

  /** CPU time that each process has used so far, in milliseconds. */
  cpuMs(): Usage {
    return this.ofEach(cpuMsOf);
  }

  memoryMb(): Usage {
    return this.ofEach(memoryMbOf);
  }

  /** Waits until all events are out, then has PostgreSQL write what it holds back: no measure pays for the one before. */
  async quiet(): Promise<void> {
    const deadline = Date.now() + quietWithinMs;
    for (const service of databaseServiceNames) {
      const client = new pg.Client({ connectionString: this.system.databaseUrl(service) });
      await client.connect();
      while ((await waitingEvents(client)) > 0) {
        if (Date.now() > deadline) throw new Error(`The outbox of ${service} does not run empty.`);
        await sleep(50);
      }
      await client.query('CHECKPOINT');
      await client.end();
    }
    await sleep(300);
  }

  private ofEach(measure: (pid: number) => number): Usage {
    const sum = (name: ProcessName): number =>
      this.system.pids(name).reduce((total, pid) => total + measure(pid), 0);
    return Object.fromEntries(processNames.map((name) => [name, sum(name)])) as unknown as Usage;
  }
}

async function waitingEvents(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ waiting: string }>('SELECT count(*) AS waiting FROM outbox_queue');
  return Number(rows[0]?.waiting ?? 0);
}
