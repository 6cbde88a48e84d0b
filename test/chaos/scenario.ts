import { randomUUID } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { serviceNames } from '#contracts';
import { projectRoot } from '../../tools/dev/system/project-root.js';
import { fromSource } from '../../tools/dev/system/main-of.js';
import { freePort } from '../../tools/dev/system/ports.js';
import { ApiClient, inDays, publishedStop } from '../support/client.js';
import { eventually } from '../support/npm-start.js';
import { startSystem, type ProcessName, type RunningSystem } from '../support/system.js';
import { compare } from './comparison.js';
import { Databases } from './databases.js';
import { Load, type LoadOptions } from './load.js';
import { writeRow } from './table.js';

type Options = NonNullable<Parameters<typeof startSystem>[0]>;

const readyWithinMs = 120_000;

/** A whole system under test: its addresses, its databases, stops to register for, and the means to hurt it. */
export class World {
  readonly urls: string[];
  readonly databases: Databases;
  private readonly more: ChildProcess[] = [];
  private readonly reported = new Set<string>();

  private constructor(
    readonly system: RunningSystem,
    private readonly stepsFolder: string,
  ) {
    this.urls = [system.url];
    this.databases = new Databases(system);
  }

  static async start(options: Options = {}): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'waystop-steps-'));
    const failpoints = pathToFileURL(join(projectRoot, 'test', 'chaos', 'failpoints.ts')).href;
    const NODE_OPTIONS = [...fromSource, '--import', failpoints].join(' ');
    const env = { NODE_OPTIONS, DIE_AT_FOLDER: folder, ...options.env };
    // After a kill of PostgreSQL only what reached the disk is there, so it waits for the disk here as in production.
    return new World(await startSystem({ durable: true, unbundled: true, ...options, env }), folder);
  }

  get organizer(): ApiClient {
    return new ApiClient(this.system.url, this.system.organizerKey);
  }

  /** Published stops whose registration is open, small enough for waiting lists. */
  async stops(count: number, capacity: number): Promise<string[]> {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const when = { startsAt: inDays(30 + index), endsAt: inDays(30 + index, 9), capacity };
      ids.push((await publishedStop(this.organizer, when)).id);
    }
    return ids;
  }

  /** A change of a stop, repeated until it is acknowledged: the organizer's PATCH changes nothing the second time. */
  async renameStop(id: string): Promise<void> {
    const name = { zh: '成都站', en: `Chengdu ${randomUUID().slice(0, 8)}` };
    await eventually('the stop to be renamed', async () => {
      const { status } = await this.organizer.patch(`/v1/stops/${id}`, { name });
      if (status !== 200 && status !== 503) throw new Error(`The organizer got ${status}.`);
      return status === 200;
    });
  }

  load(stopIds: readonly string[], options: Partial<LoadOptions> = {}): Load {
    return new Load({ urls: this.urls, stopIds, ...options });
  }

  /** A second gateway on a port of its own, as a second machine would have it. */
  async addGateway(): Promise<ChildProcess> {
    const [pid] = this.system.pids('gateway');
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean);
    const env = Object.fromEntries(
      environment.map((line) => [line.split('=', 1)[0], line.slice(line.indexOf('=') + 1)]),
    );
    const [port, healthPort] = [await freePort(), await freePort()];
    const { NODE_CHANNEL_FD: _channel, NODE_CHANNEL_SERIALIZATION_MODE: _mode, ...rest } = env;
    const child = spawn(process.execPath, [join(projectRoot, 'apps', 'gateway', 'src', 'main.ts'), 'serve'], {
      env: { ...rest, PORT: String(port), HEALTH_PORT: String(healthPort) },
      stdio: 'ignore',
    });
    process.once('exit', () => child.kill('SIGKILL'));
    this.more.push(child);
    const url = `http://127.0.0.1:${port}`;
    await eventually('the second gateway', () => isReady(url), readyWithinMs);
    this.urls.push(url);
    return child;
  }

  /** One process of the service kills itself when it next comes to the step; resolves when it has. */
  async dieAt(service: ProcessName, step: string): Promise<void> {
    const file = join(this.stepsFolder, `${service} ${step}`);
    writeFileSync(file, '');
    await eventually(`${service} to die ${step}`, () => !existsSync(file), readyWithinMs);
  }

  /** Kills all processes of the name, or one replica, and waits until others have taken their places. */
  async killed(name: ProcessName, signal: NodeJS.Signals = 'SIGKILL', replica?: number): Promise<void> {
    const before = this.system.pids(name);
    const doomed = replica === undefined ? before : before.slice(replica, replica + 1);
    this.system.kill(name, signal, replica);
    await eventually(
      `${name} to be started again`,
      () => {
        const now = this.system.pids(name);
        return now.length === before.length && !doomed.some((pid) => now.includes(pid));
      },
      readyWithinMs,
    );
  }

  /** Every process of the system at once, servers included. */
  async everythingKilled(): Promise<void> {
    const names = ['postgres', 'nats', ...serviceNames] as const;
    await Promise.all(names.map((name) => this.killed(name)));
  }

  async ready(): Promise<void> {
    await eventually('the system to be ready', () => isReady(this.system.url), readyWithinMs);
  }

  /** The usual course: load, a fault while it runs, the end of it, the comparison, a row of the table. */
  async survive(fault: string, load: Load, hurt: () => Promise<string | void>): Promise<string[]> {
    const began = Date.now();
    if (load.runsByItself) await load.more(10);
    const hurtAt = Date.now();
    const remark = await hurt();
    await this.ready();
    if (load.runsByItself) await load.more(10);
    const backMs = Date.now() - hurtAt;
    await load.stop();
    const wrong = await compare(this.databases, this.urls[0] ?? '', load);
    wrong.push(...this.brokenRequests());
    writeRow({
      fault,
      acknowledged: load.acknowledged.length,
      lostConnections: load.lostConnections,
      refused: load.refusalsMs.length,
      slowestRefusalMs: load.slowestRefusalMs,
      backMs,
      tookMs: Date.now() - began,
      wrong: wrong.length,
      remark: remark ?? '',
    });
    return wrong;
  }

  /** What the services logged as bugs of their own since the last look: whatever happens around them, there are none. */
  private brokenRequests(): string[] {
    const folder = join(this.system.dataDir, 'logs');
    const lines = readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
    const broken = lines.filter((line) => line.includes('unexpected error') && !this.reported.has(line));
    for (const line of broken) this.reported.add(line);
    return broken;
  }

  async stop(): Promise<void> {
    for (const child of this.more) child.kill('SIGKILL');
    await this.databases.close();
    await this.system.stop();
    rmSync(this.stepsFolder, { recursive: true });
  }
}

export async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(3_000) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}
