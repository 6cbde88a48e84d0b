import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { databaseServiceNames } from '#contracts';
import { Restoration, Snapshot, readSequences } from '#persistence';
import type { DataSource } from '#service';
import type { ClientBase } from 'pg';
import { loadService } from '../../../tools/dev/system/load-service.js';
import { ownDatabase } from '../../support/own-servers.js';

/** A number that a sequence had reached when its database was backed up. */
const drawnLast = '4711';

describe.each(databaseServiceNames)('a backup of %s', (name) => {
  let folder: string;
  const databases: Awaited<ReturnType<typeof ownDatabase>>[] = [];
  const sources: DataSource[] = [];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'waystop-backup-'));
  });
  afterAll(async () => {
    for (const source of sources) await source.destroy();
    for (const database of databases) await database.drop();
    rmSync(folder, { recursive: true });
  });

  async function emptyDatabase(): Promise<string> {
    const database = await ownDatabase(`backup_${name}`);
    databases.push(database);
    return database.url;
  }

  async function connect(url: string): Promise<DataSource> {
    const { database } = await loadService(name);
    const source = database.dataSource({ url, name: 'backups', poolSize: 1 });
    sources.push(source);
    return source.initialize();
  }

  const sequencesOf = (source: DataSource) =>
    readSequences({
      query: async (statement: string) => ({ rows: await source.query(statement) }),
    } as unknown as ClientBase);

  it('holds every table and where every sequence stands, and is put back as it was', async () => {
    const from = await emptyDatabase();
    const source = await connect(from);
    await source.runMigrations({ transaction: 'each' });
    for (const sequence of await sequencesOf(source))
      await source.query('SELECT setval($1::regclass, $2::bigint)', [sequence.name, drawnLast]);

    const snapshot = await Snapshot.take(name, from);
    const backup = await snapshot.writeTo(folder);
    await snapshot.end();

    const to = await emptyDatabase();
    const { database } = await loadService(name);
    // The second time in place of what the first one made.
    for (const replace of [false, true]) {
      const restoration = await Restoration.begin(database.dataSource, to, backup, { replace });
      await restoration.load(folder, database.afterRestore);
      await restoration.commit();
    }
    const sequences = await sequencesOf(await connect(to));
    expect(sequences.map((one) => one.name)).toEqual(backup.sequences.map((one) => one.name));
    for (const { lastValue } of sequences)
      expect(Number(lastValue)).toBeGreaterThanOrEqual(Number(drawnLast));
  });
});
