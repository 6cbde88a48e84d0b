import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceName } from '#contracts';
import { createRolesAndDatabases } from '../../tools/dev/system/database-roles.js';
import { databaseUrlOf } from '../../tools/dev/system/databases.js';
import { keptSecrets } from '../../tools/dev/system/kept-secrets.js';
import { freePort } from '../../tools/dev/system/ports.js';
import { runToEnd } from '../../tools/dev/system/run-to-end.js';
import { inheritedEnv } from '../../tools/dev/system/inherited-env.js';
import { migrationSettings, serviceEnv, type ServiceSettings } from '../../tools/dev/system/services.js';
import { isReady } from '../chaos/scenario.js';
import { owners } from '../chaos/databases.js';
import { eventually } from '../support/npm-start.js';
import type { RunningSystem } from '../support/system.js';

const readyWithinMs = 120_000;
/** What a process may take to drain; compose and Kubernetes grant it more. */
const endsWithinMs = 15_000;

/** One process of one build. */
export interface Running {
  readonly service: ServiceName;
  /** Where the gateway answers. */
  readonly url: string;
  readonly child: ChildProcess;
}

/** Processes of two builds on the servers of one system. */
export class Fleet {
  private readonly all: Running[] = [];

  private constructor(
    private readonly servers: RunningSystem,
    private readonly settings: ServiceSettings,
  ) {}

  static async on(servers: RunningSystem): Promise<Fleet> {
    const secrets = keptSecrets(servers.dataDir);
    const settings: ServiceSettings = {
      port: 0,
      webPort: null,
      rateLimitPerMinute: 0,
      databaseUrl: databaseUrlOf(servers.databaseUrl('accounts'), 'postgres'),
      natsUrl: servers.natsUrl,
      natsSeeds: secrets.natsSeeds,
      rolesSecret: secrets.databasePassword,
      adminKey: secrets.adminKey,
      organizerKey: secrets.organizerKey,
      keySecret: secrets.keySecret,
      logLevel: 'warn',
      dataDir: servers.dataDir,
      env: {},
    };
    await createRolesAndDatabases(settings.databaseUrl, owners, settings.rolesSecret);
    return new Fleet(servers, settings);
  }

  get organizerKey(): string {
    return this.settings.organizerKey;
  }

  /** Brings all tables to a build's version. @returns how many migrations that were */
  async migrate(build: string): Promise<number> {
    let count = 0;
    for (const service of owners) {
      const script = mainOf(build, service);
      const output = await runToEnd(process.execPath, [script, 'migrate'], {
        env: { ...inheritedEnv(process.env), ...migrationSettings(service, this.settings) },
      });
      count += output.split('\n').filter((line) => line.startsWith('migrated ')).length;
    }
    return count;
  }

  /** Starts one process of a build beside what runs, and waits until it is ready. */
  async start(build: string, service: ServiceName): Promise<Running> {
    const [port, healthPort] = [await freePort(), await freePort()];
    const script = mainOf(build, service);
    const log = openSync(join(this.servers.dataDir, 'logs', `${service}.log`), 'a');
    const env = {
      ...serviceEnv(service, { ...this.settings, port }),
      HEALTH_PORT: String(healthPort),
    };
    const child = spawn(process.execPath, [script, 'serve'], {
      cwd: build,
      env,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    process.once('exit', () => child.kill('SIGKILL'));
    const running = { service, url: `http://127.0.0.1:${port}`, child };
    this.all.push(running);
    await eventually(
      `${service} of ${build}`,
      () => isReady(`http://127.0.0.1:${healthPort}`),
      readyWithinMs,
    );
    return running;
  }

  /** Ends a process in good order, as every orchestrator does. */
  async end({ child }: Running): Promise<void> {
    const ended = once(child, 'exit', { signal: AbortSignal.timeout(endsWithinMs) });
    child.kill('SIGTERM');
    await ended;
  }

  async killAll(): Promise<void> {
    for (const { child } of this.all) child.kill('SIGKILL');
    await this.servers.stop();
  }
}

/** The program of a service in a build; before 0.1.0 each module was a file of its own. */
function mainOf(build: string, service: ServiceName): string {
  const main = join(build, 'dist', 'apps', service, 'main.js');
  return existsSync(main) ? main : join(build, 'dist', 'apps', service, 'src', 'main.js');
}
