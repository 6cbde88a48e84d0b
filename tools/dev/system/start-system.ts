import type { ServiceName } from '#contracts';
import { databaseUrlOf } from './databases.js';
import { freePort } from './ports.js';
import { System, type SystemOptions } from './system.js';
import { makeTestFolder, removeTestFolder, sweepTestFolders } from './test-folder.js';

export interface RunningSystem {
  readonly url: string;
  /** The web process itself, without the gateway before it; null in a system without pages. */
  readonly pagesUrl: string | null;
  readonly adminKey: string;
  readonly organizerKey: string;
  readonly natsUrl: string;
  /** The seed of the broker's operator, who may do everything there. */
  readonly natsSeed: string;
  readonly dataDir: string;
  /** Where the mails of the option `mailCatcher` are shown, `/mails.json` lists them; null without it. */
  readonly mailPageUrl: string | null;
  /** The database of one service, with the rights of the server's owner. */
  databaseUrl(service: ServiceName): string;
  /** Where one process answers /health/ready and /metrics; replicas count from 0. */
  healthUrl(service: ServiceName, replica?: number): string;
  /** The living processes of a service, or of `postgres` or `nats`. */
  pids(name: ProcessName): number[];
  /** Sends a signal to all replicas, or to one. What dies of it is started again. */
  kill(name: ProcessName, signal: NodeJS.Signals, replica?: number): void;
  /** Ends it in good order, and it stays ended until `resume`. */
  halt(name: ProcessName): Promise<void>;
  resume(name: ProcessName): void;
  stop(): Promise<void>;
}

export type ProcessName = ServiceName | 'postgres' | 'nats';

/**
 * Starts a whole system of its own on free ports below 32768, for tests and benches. The build in dist/ is what runs.
 * Without `dataDir` it lives in a temporary folder that goes away with it, and PostgreSQL does not wait for the disk.
 */
export async function startSystem(options: Partial<SystemOptions> = {}): Promise<RunningSystem> {
  await sweepTestFolders();
  const temporary = options.dataDir === undefined ? makeTestFolder() : null;
  const system = new System({
    databaseUrl: null,
    natsUrl: null,
    adminKey: null,
    organizerKey: null,
    rateLimitPerMinute: 0,
    logLevel: 'warn',
    durable: temporary === null,
    ...options,
    port: options.port ?? (await freePort()),
    dataDir: temporary ?? options.dataDir ?? '',
  });
  const cleanUp = (): void => {
    if (temporary !== null) removeTestFolder(temporary);
  };
  try {
    await system.start();
  } catch (error) {
    cleanUp();
    throw error;
  }
  return faceOf(system, cleanUp);
}

function faceOf(system: System, cleanUp: () => void): RunningSystem {
  const { options, settings } = system;
  const replicasOf = (service: ProcessName) =>
    system.replicas.filter((replica) => replica.service === service);
  const processesOf = (name: ProcessName) =>
    name === 'postgres' || name === 'nats'
      ? [system.process(name)]
      : replicasOf(name).map((replica) => system.process(replica.name));
  return {
    url: `http://127.0.0.1:${options.port}`,
    pagesUrl: settings.webPort === null ? null : `http://127.0.0.1:${settings.webPort}`,
    adminKey: settings.adminKey,
    organizerKey: settings.organizerKey,
    natsUrl: settings.natsUrl,
    natsSeed: settings.natsSeeds.operator,
    dataDir: options.dataDir,
    mailPageUrl: system.mailPageUrl,
    databaseUrl: (service) => databaseUrlOf(settings.databaseUrl, service),
    healthUrl: (service, replica = 0) => `http://127.0.0.1:${replicasOf(service)[replica]?.healthPort}`,
    pids: (name) => processesOf(name).flatMap(({ pid }) => (pid === null ? [] : [pid])),
    kill: (name, signal, replica) => {
      for (const [index, one] of processesOf(name).entries())
        if (replica === undefined || replica === index) one.kill(signal);
    },
    halt: async (name) => {
      await Promise.all(processesOf(name).map((one) => one.stop(5_000)));
    },
    resume: (name) => {
      for (const one of processesOf(name)) one.start();
    },
    stop: async () => {
      await system.stop();
      cleanUp();
    },
  };
}
