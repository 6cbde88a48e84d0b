import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { MigrationExecutor, type DataSource, type QueryRunner } from 'typeorm';
import { migrationLock, type DatabaseAddress } from '../data-source.js';
import { isClient } from '../database-diagnostics.js';
import { ownObjects, readTables, type TableShape } from './catalogue.js';
import { copyIn, spelling } from './copy-rows.js';
import type { DatabaseBackup } from './manifest.js';

/** A restore that was refused with nothing changed; its message says what is wrong and what to do. */
export class RestoreRefused extends Error {}

const applicationName = 'restore';

/**
 * One service's database on its way back to a backup, all in one transaction: until `commit` nobody sees any of it, and
 * whatever fails before leaves everything as it was.
 */
export class Restoration {
  private constructor(
    private readonly source: DataSource,
    private readonly runner: QueryRunner,
    private readonly client: ClientBase,
    private readonly backup: DatabaseBackup,
  ) {}

  /**
   * Makes sure that the database may be restored, and empties it.
   * @param options.replace whether rows that are there may go
   * @throws RestoreRefused
   */
  static async begin(
    dataSource: (address: DatabaseAddress) => DataSource,
    url: string,
    backup: DatabaseBackup,
    options: { replace: boolean },
  ): Promise<Restoration> {
    const source = dataSource({ url, name: applicationName, poolSize: 1, maintenance: true });
    await source.initialize();
    const runner = source.createQueryRunner();
    try {
      const client = (await runner.connect()) as ClientBase;
      await runner.startTransaction();
      const restoration = new Restoration(source, runner, client, backup);
      await restoration.prepare(options.replace);
      return restoration;
    } catch (error) {
      await close(source, runner);
      throw error;
    }
  }

  /**
   * Makes the tables as they were, and fills them.
   * @param afterwards statements that the service wants to run on what was restored
   */
  async load(folder: string, afterwards: readonly string[] = []): Promise<void> {
    await this.migrateAsFar();
    const present = await readTables(this.client);
    const { tables } = this.backup;
    for (const table of tables) {
      this.assertSameColumns(table, present);
      // Rows come as they were; whatever a trigger did when they were written is among them.
      await this.setTriggers('DISABLE', table);
    }
    // A migration may have made a row; it is in the backup as it was last.
    for (const { name } of tables.toReversed())
      await this.client.query(`DELETE FROM ${this.client.escapeIdentifier(name)}`);
    for (const table of tables) {
      const rows = await copyIn(this.client, table, join(folder, table.file));
      if (rows !== table.rows) throw new Error(`${table.file} held ${rows} rows instead of ${table.rows}.`);
    }
    for (const table of tables) await this.setTriggers('ENABLE', table);
    for (const { name, lastValue } of this.backup.sequences) {
      if (lastValue === null) continue;
      const sequence = this.client.escapeIdentifier(name);
      await this.client.query('SELECT setval($1::regclass, $2::bigint)', [sequence, lastValue]);
    }
    await this.queueAllEvents();
    for (const statement of afterwards) await this.client.query(statement);
    await this.analyse(present);
  }

  private async setTriggers(how: 'DISABLE' | 'ENABLE', { name }: TableShape): Promise<void> {
    await this.client.query(`ALTER TABLE ${this.client.escapeIdentifier(name)} ${how} TRIGGER USER`);
  }

  async commit(): Promise<void> {
    await this.runner.commitTransaction();
    await close(this.source, this.runner);
  }

  async rollback(): Promise<void> {
    await close(this.source, this.runner);
  }

  private async prepare(replace: boolean): Promise<void> {
    await this.client.query(spelling);
    await this.client.query('SELECT pg_advisory_xact_lock($1)', [migrationLock]);
    this.assertKnownMigrations();
    await refuseOtherClients(this.client, this.backup.service);
    if (!replace) await refuseRows(this.client, this.backup.service);
    await dropEverything(this.client);
  }

  private assertKnownMigrations(): void {
    const known = new Set(this.migrations().map(({ name }) => name));
    const unknown = this.backup.migrations.filter((name) => !known.has(name));
    if (unknown.length === 0) return;
    throw new RestoreRefused(
      `The backup of ${this.backup.service} was made by a newer version: this one does not know ${unknown.join(', ')}. Restore it with that version.`,
    );
  }

  private migrations(): { name: string }[] {
    return this.source.migrations.map((migration) => ({
      name: migration.name ?? migration.constructor.name,
    }));
  }

  /** As far as the backup's tables had come. What this version adds to them comes after, with rows in them. */
  private async migrateAsFar(): Promise<void> {
    const executor = new MigrationExecutor(this.source, this.runner);
    for (const migration of await executor.getPendingMigrations()) {
      if (this.backup.migrations.includes(migration.name)) await executor.executeMigration(migration);
    }
  }

  /** By name: all tables would be those of the server as well, which restorations side by side would fight for. */
  private async analyse(tables: readonly TableShape[]): Promise<void> {
    const names = tables.map(({ name }) => this.client.escapeIdentifier(name));
    await this.client.query(`ANALYZE ${names.join(', ')}`);
  }

  private assertSameColumns(table: TableShape, present: readonly TableShape[]): void {
    const columns = present.find(({ name }) => name === table.name)?.columns ?? [];
    if (columns.toSorted().join() === table.columns.toSorted().join()) return;
    throw new RestoreRefused(
      `${this.backup.service}.${table.name} had the columns ${table.columns.join(', ')} in the backup; its migrations make ${columns.join(', ') || 'no such table'}.`,
    );
  }

  /**
   * The stream that took these events is gone, whatever the rows say: all of them go out again, under the same ids. The
   * inbox remembers what was applied for as long as if that had been today, however old the backup is.
   */
  private async queueAllEvents(): Promise<void> {
    await this.client.query('INSERT INTO outbox_queue SELECT id FROM outbox ON CONFLICT DO NOTHING');
    await this.client.query('UPDATE inbox SET received_at = now()');
  }
}

/** Services that are connected would meet tables that are not theirs any more. */
async function refuseOtherClients(client: ClientBase, service: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT DISTINCT coalesce(nullif(application_name, ''), 'somebody') AS name FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND ${isClient}
      ORDER BY 1`,
  );
  if (rows.length === 0) return;
  const names = rows.map(({ name }) => name).join(', ');
  throw new RestoreRefused(`The database ${service} is in use by ${names}. Stop all services first.`);
}

async function refuseRows(client: ClientBase, service: string): Promise<void> {
  const filled: string[] = [];
  for (const { name } of await readTables(client)) {
    const { rows } = await client.query<{ rows: string }>(
      `SELECT count(*) AS rows FROM public.${client.escapeIdentifier(name)}`,
    );
    if (rows[0]?.rows !== '0') filled.push(`${rows[0]?.rows} rows of ${name}`);
  }
  if (filled.length === 0) return;
  throw new RestoreRefused(
    `The database ${service} is not empty: it holds ${filled.join(', ')}. Name another one, or say --replace to delete what is there.`,
  );
}

async function dropEverything(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ statement: string }>(
    `SELECT format('DROP TABLE %s CASCADE', oid::regclass) AS statement FROM pg_class AS own
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND ${ownObjects('pg_class', 'own')}
     UNION ALL
     SELECT format('DROP FUNCTION %s CASCADE', oid::regprocedure) FROM pg_proc AS own
      WHERE pronamespace = 'public'::regnamespace AND ${ownObjects('pg_proc', 'own')}
     UNION ALL
     SELECT format('DROP COLLATION %s CASCADE', oid::regcollation) FROM pg_collation AS own
      WHERE collnamespace = 'public'::regnamespace AND ${ownObjects('pg_collation', 'own')}`,
  );
  for (const { statement } of rows) await client.query(statement);
}

async function close(source: DataSource, runner: QueryRunner): Promise<void> {
  if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
  await runner.release();
  await source.destroy();
}
