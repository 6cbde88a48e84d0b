import 'reflect-metadata';
import { Controller, Module } from '@nestjs/common';
import { z } from 'zod';
import { event, type EventOf } from '../../../libs/contracts/src/index.js';
import { EventHandler, Broker } from '../../../libs/messaging/src/index.js';
import {
  Inbox,
  createDataSource,
  newId,
  replayable,
  type DatabaseAddress,
} from '../../../libs/persistence/src/index.js';
import { createLogger, startService, type RunningService } from '../../../libs/service/src/index.js';
import { ownDatabase } from '../../support/own-servers.js';
import type { LabBroker } from './test-broker.js';
import { LabProxy } from './test-proxy.js';

/** An aggregate of the lab: the owner counts its versions, the follower keeps a copy of the newest. */
export const thingChanged = event(
  'evt.stops.thing-changed.v1',
  z.object({ id: z.string(), value: z.string(), version: z.number().int() }),
);

/** What the follower's handler does wrong, by value of the thing. */
export const trouble = { failing: new Set<string>(), tries: 0 };

@Controller()
class FollowerController {
  constructor(private readonly inbox: Inbox) {}

  @EventHandler(thingChanged)
  async apply(event: EventOf<typeof thingChanged>): Promise<void> {
    await this.inbox.once(event, async (manager) => {
      const { id, value, version } = event.data;
      if (trouble.failing.has(value)) {
        trouble.tries += 1;
        throw new Error(`The lab refuses ${value}.`);
      }
      await manager.query('INSERT INTO effects (event_id) VALUES ($1)', [event.id]);
      await manager.query(
        `INSERT INTO copies (id, value, version) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE
           SET value = excluded.value, version = excluded.version WHERE copies.version < excluded.version`,
        [id, value, version],
      );
    });
  }
}

@Module({ controllers: [FollowerController] })
class FollowerModule {}

@Module({})
class OwnerModule {}

class CreateThings1760000009000 {
  name = 'CreateThings1760000009000';
  async up(runner: { query: (sql: string) => Promise<unknown> }): Promise<void> {
    await runner.query(`
      CREATE TABLE things (id uuid PRIMARY KEY, value text NOT NULL, version integer NOT NULL);
      CREATE TABLE copies (id uuid PRIMARY KEY, value text NOT NULL, version integer NOT NULL);
      CREATE TABLE effects (event_id uuid NOT NULL);`);
  }
  async down(): Promise<void> {
    await Promise.reject(new Error('never'));
  }
}

export const labDataSource = (options: DatabaseAddress) =>
  createDataSource({ ...options, migrations: [CreateThings1760000009000] });

export const replayableThings = replayable(thingChanged, { table: 'things' }, async (manager, ids) => {
  const rows = (await manager.query('SELECT id, value, version FROM things WHERE id = ANY($1)', [ids])) as {
    id: string;
    value: string;
    version: number;
  }[];
  return rows.map((row) => ({ id: row.id, state: row }));
});

type Name = 'stops' | 'sessions';

/** An owner of things (as `stops`) and a follower (as `sessions`), each with its own database, on one broker. */
export class LabServices {
  private readonly running = new Map<Name, RunningService>();
  private readonly databases = new Map<Name, { url: string; drop: () => Promise<void> }>();

  private readonly proxies = new Map<Name, LabProxy>();

  private constructor(private readonly natsUrl: string) {}

  static async start(broker: LabBroker): Promise<LabServices> {
    const lab = new LabServices(broker.url);
    for (const name of ['stops', 'sessions'] as const) {
      const database = await ownDatabase(`pipe_${name}`);
      lab.databases.set(name, database);
      lab.proxies.set(name, await LabProxy.start(database.url));
      const source = labDataSource({ url: database.url, name: 'migrate', poolSize: 1, maintenance: true });
      await source.initialize();
      await source.runMigrations({ transaction: 'each' });
      await source.destroy();
      await lab.startOne(name);
    }
    return lab;
  }

  async startOne(name: Name): Promise<void> {
    const module = name === 'stops' ? OwnerModule : FollowerModule;
    const config = {
      DATABASE_URL: this.proxies.get(name)?.url ?? '',
      DATABASE_POOL_SIZE: 10,
      NATS_URL: this.natsUrl,
      STREAM_REPLICAS: 1,
      HEALTH_PORT: 1,
      HEALTH_HOST: '127.0.0.1',
      LOG_LEVEL: 'silent' as const,
    };
    const database = { dataSource: labDataSource, grants: {}, replayables: [replayableThings] };
    const definition = { name, settings: {}, database, module: () => Promise.resolve(module) };
    this.running.set(name, await startService(definition, config, createLogger(name, 'silent')));
  }

  async stopOne(name: Name): Promise<void> {
    await this.running.get(name)?.stop();
    this.running.delete(name);
  }

  async end(): Promise<void> {
    for (const name of this.running.keys()) await this.stopOne(name);
    for (const proxy of this.proxies.values()) await proxy.cut();
    for (const database of this.databases.values()) await database.drop();
  }

  databaseUrl(name: Name): string {
    return this.databases.get(name)?.url ?? '';
  }

  /** What stands between a service and its database. */
  proxyOf(name: Name): LabProxy {
    const proxy = this.proxies.get(name);
    if (proxy === undefined) throw new Error(`${name} has no database.`);
    return proxy;
  }

  get broker(): Broker {
    return this.of('stops').broker;
  }

  of(name: Name): RunningService {
    const service = this.running.get(name);
    if (service === undefined) throw new Error(`${name} is not running.`);
    return service;
  }

  /** Writes things and their events in one transaction. @returns their ids */
  async write(
    count: number,
    value: string,
    ids = Array.from({ length: count }, () => newId()),
  ): Promise<string[]> {
    await this.of('stops').unitOfWork.transaction(async (manager, recorded) => {
      for (const id of ids) {
        const [row] = (await manager.query(
          `INSERT INTO things (id, value, version) VALUES ($1, $2, 1)
           ON CONFLICT (id) DO UPDATE SET value = $2, version = things.version + 1 RETURNING version`,
          [id, value],
        )) as { version: number }[];
        recorded.emit(thingChanged, id, { id, value, version: row?.version ?? 0 });
      }
    });
    return ids;
  }

  /** How many of the owner's things the follower has in the same version and value. */
  async copied(): Promise<{ owned: number; same: number }> {
    const query = (name: Name, table: string) =>
      this.of(name).dataSource.query(`SELECT id, value, version FROM ${table}`) as Promise<
        { id: string; value: string; version: number }[]
      >;
    const [things, copies] = [await query('stops', 'things'), await query('sessions', 'copies')];
    const known = new Set(copies.map((copy) => JSON.stringify(copy)));
    return { owned: things.length, same: things.filter((thing) => known.has(JSON.stringify(thing))).length };
  }

  async inSync(): Promise<boolean> {
    const { owned, same } = await this.copied();
    return owned === same;
  }

  async count(name: Name, from: string): Promise<number> {
    const [row] = (await this.of(name).dataSource.query(
      `SELECT count(*)::integer AS count FROM ${from}`,
    )) as { count: number }[];
    return row?.count ?? 0;
  }
}
