import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { databaseServiceNames } from '#contracts';
import { natsAnswers } from '../../tools/dev/system/nats.js';
import { openLog } from '../../tools/dev/system/log-file.js';
import { freePort } from '../../tools/dev/system/ports.js';
import { planPostgres, localDatabaseUrl, postgresAnswers } from '../../tools/dev/system/postgres.js';
import { projectRoot } from '../../tools/dev/system/project-root.js';
import { runToEnd } from '../../tools/dev/system/run-to-end.js';
import { Supervisor } from '../../tools/dev/system/supervisor.js';
import { makeTestFolder, removeTestFolder } from '../../tools/dev/system/test-folder.js';
import { services, type ContainerSettings } from './container-settings.js';

const readyWithinMs = 120_000;
const entry = join(projectRoot, 'dist', 'tools', 'container', 'entry.js');

/** What an installation tells its containers. */
export interface Instructions {
  /** The settings of the container with these arguments of the image. */
  settings: (...words: string[]) => ContainerSettings;
  /** The files in the broker's folder /etc/nats, by their names. */
  broker: Readonly<Record<string, string>>;
}

/**
 * All containers of an installation as processes of this machine: the servers with the configuration, and every
 * program of the image with the environment and the files, that they would have there. Only addresses, ports and
 * folders are other ones.
 */
export class Installation {
  private readonly folder = makeTestFolder();
  private readonly failed = new AbortController();
  private readonly supervisor = new Supervisor(console.error, (failure) => this.failed.abort(failure));
  private readonly ports = { postgres: 0, nats: 0, gateway: 0, web: 0 };

  constructor(private readonly instructions: Instructions) {}

  /** Servers, databases, migrations, services: in the order in which they wait for one another. */
  async start(): Promise<void> {
    for (const name of Object.keys(this.ports) as (keyof Installation['ports'])[])
      this.ports[name] = await freePort();
    await Promise.all([this.startPostgres(), this.startBroker()]);
    await this.run('databases');
    await Promise.all(databaseServiceNames.map((name) => this.run('migrate', name)));
    await this.startServices();
  }

  async startServices(): Promise<void> {
    for (const name of services) await this.serve(name);
    await this.answers(this.ports.gateway);
  }

  async stopServices(): Promise<void> {
    const names = this.supervisor.names().filter((name) => services.includes(name));
    await this.supervisor.stop(names, 6_000);
  }

  async stop(): Promise<void> {
    await this.stopServices();
    await this.supervisor.stop(this.supervisor.names(), 2_000);
    removeTestFolder(this.folder);
  }

  get url(): string {
    return `http://127.0.0.1:${this.ports.gateway}`;
  }

  get natsUrl(): string {
    return `nats://127.0.0.1:${this.ports.nats}`;
  }

  /** A secret of a container, with the addresses of this machine. */
  secretOf(words: readonly string[], setting: string): string {
    const { env, files } = this.instructions.settings(...words);
    return this.here(files[env[`${setting}_FILE`] ?? ''] ?? '');
  }

  logOf(service: string): string {
    return join(this.folder, 'logs', `${service}.log`);
  }

  private async startPostgres(): Promise<void> {
    const { env, files } = this.instructions.settings('databases');
    const password = files[env['POSTGRES_PASSWORD_FILE'] ?? ''] ?? '';
    const { folder: dataDir, failed } = this;
    const port = this.ports.postgres;
    this.supervisor.run(
      await planPostgres({ dataDir, port, password, durable: false, abort: failed.signal }),
    );
    await postgresAnswers(localDatabaseUrl(port, password), failed.signal);
    await nameSuperuser(localDatabaseUrl(port, password), password);
  }

  private async startBroker(): Promise<void> {
    const folder = join(this.folder, 'nats');
    mkdirSync(folder);
    for (const [name, text] of Object.entries(this.instructions.broker))
      writeFileSync(join(folder, name), this.brokerHere(text, folder));
    this.supervisor.run({
      name: 'nats',
      command: 'nats-server',
      args: ['--config', join(folder, 'nats-server.conf')],
      cwd: folder,
      env: { PATH: process.env['PATH'] },
      channel: false,
      logFile: openLog(join(this.folder, 'logs', 'nats.log')),
      stopSignals: ['SIGTERM', 'SIGKILL'],
    });
    await natsAnswers(this.natsUrl, this.failed.signal);
  }

  /** sync_interval is a word of 2.10, and the server beside the tests may be older. */
  private brokerHere(text: string, folder: string): string {
    return text
      .replace('0.0.0.0:4222', `127.0.0.1:${this.ports.nats}`)
      .replace(/^http: .*$/m, '')
      .replace('store_dir: /data', `store_dir: ${folder}/data`)
      .replace(/^\s*sync_interval: .*$/m, '');
  }

  /** Runs a command with the settings of another one's container. @returns what it printed */
  runAs(container: readonly string[], words: readonly string[]): Promise<string> {
    return runToEnd(process.execPath, [entry, ...words], { env: this.environmentOf(container) });
  }

  private async run(...words: string[]): Promise<void> {
    await this.runAs(words, words);
  }

  private async serve(name: string): Promise<void> {
    const healthPort = await freePort();
    this.supervisor.run({
      name,
      command: process.execPath,
      args: [entry, name],
      cwd: this.folder,
      env: {
        ...this.environmentOf([name]),
        HEALTH_HOST: '127.0.0.1',
        HEALTH_PORT: String(healthPort),
        ...(name === 'gateway' || name === 'web'
          ? { HOST: '127.0.0.1', PORT: String(this.ports[name]) }
          : {}),
      },
      channel: true,
      logFile: openLog(this.logOf(name)),
      stopSignals: ['SIGTERM', 'SIGKILL'],
    });
  }

  /** The container's environment and nothing else, with its files at places of this machine. */
  private environmentOf(words: readonly string[]): Record<string, string> {
    const { env, files } = this.instructions.settings(...words);
    const folder = join(this.folder, 'secrets', words.join('-'));
    mkdirSync(folder, { recursive: true });
    const entries = Object.entries(env).map(([name, value]) => {
      if (!name.endsWith('_FILE')) return [name, this.here(value)];
      const file = join(folder, basename(value));
      writeFileSync(file, this.here(files[value] ?? ''));
      return [name, file];
    });
    return {
      PATH: process.env['PATH'] ?? '',
      NODE_ENV: 'production',
      ...Object.fromEntries(entries),
    } as Record<string, string>;
  }

  private here(value: string): string {
    return value
      .replace('@postgres:5432', `@127.0.0.1:${this.ports.postgres}`)
      .replace('nats://nats:4222', this.natsUrl);
  }

  private async answers(port: number): Promise<void> {
    const deadline = Date.now() + readyWithinMs;
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
      const text = await answer?.text();
      if (answer?.status === 200) return;
      this.failed.signal.throwIfAborted();
      if (Date.now() > deadline) throw new Error(`Not ready after ${readyWithinMs} ms: ${text}`);
      await sleep(50);
    }
  }
}

/** The image of PostgreSQL calls its superuser so; the server that is started here calls it otherwise. */
async function nameSuperuser(url: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE ROLE postgres SUPERUSER LOGIN PASSWORD ${client.escapeLiteral(password)}`);
  await client.end();
}
