import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseServiceNames, serviceNames, services, type DatabaseServiceName } from '#contracts';
import { Broker, consumerState } from '#messaging';
import { PublicApi } from '../demo/public-api.js';
import { startSystem, type ProcessName, type RunningSystem } from '../dev/system/start-system.js';
import { cpuMsOf, cpuMsOfDatabases, memoryMbOf } from './process-usage.js';
import { StopMaker } from './stops.js';

export const processNames: readonly ProcessName[] = [...serviceNames, 'postgres', 'nats'];
export type Usage = Readonly<Record<ProcessName, number>>;

const quietWithinMs = 60_000;
const lookEveryMs = 20;

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

  /** What PostgreSQL's processes have used so far, by the database that they worked in, in milliseconds. */
  databaseCpuMs(): ReadonlyMap<string, number> {
    const [server = 0] = this.system.pids('postgres');
    return cpuMsOfDatabases(server);
  }

  memoryMb(): Usage {
    return this.ofEach(memoryMbOf);
  }

  /** Waits until one service has applied all events. @returns how long that took, in milliseconds */
  async caughtUp(service: DatabaseServiceName): Promise<number> {
    const { natsUrl: url, natsSeed: nkeySeed } = this.system;
    const broker = await Broker.connect({ url, name: 'operator', nkeySeed });
    const began = performance.now();
    try {
      for (const source of services[service].consumes) {
        while (await isBehind(broker, `${service}-${source}`)) {
          if (performance.now() - began > quietWithinMs) throw new Error(`${service} does not catch up.`);
          await sleep(lookEveryMs);
        }
      }
      return performance.now() - began;
    } finally {
      await broker.drain();
    }
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
    for (const service of databaseServiceNames)
      if (this.system.pids(service).length > 0) await this.caughtUp(service);
    await sleep(300);
  }

  private ofEach(measure: (pid: number) => number): Usage {
    const sum = (name: ProcessName): number =>
      this.system.pids(name).reduce((total, pid) => total + measure(pid), 0);
    return Object.fromEntries(processNames.map((name) => [name, sum(name)])) as unknown as Usage;
  }
}

async function isBehind(broker: Broker, durable: string): Promise<boolean> {
  const { waiting, underWay } = await consumerState(broker, durable);
  return waiting + underWay > 0;
}

async function waitingEvents(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ waiting: string }>('SELECT count(*) AS waiting FROM outbox_queue');
  return Number(rows[0]?.waiting ?? 0);
}
