import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { readSequences, readTables, type TableShape } from './catalogue.js';
import { copyOut, spelling } from './copy-rows.js';
import type { DatabaseBackup, TableBackup } from './manifest.js';

/** A table that is being changed in its form is waited for this long. */
const lockTimeoutMs = 10_000;
const connectTimeoutMs = 10_000;

interface Facts {
  takenAt: Date;
  serverVersion: string;
  standby: boolean;
  migrations: string[];
}

/** One service's database as it was at one instant, held until it is copied. The service goes on writing meanwhile. */
export class Snapshot {
  private constructor(
    private readonly client: pg.Client,
    private readonly service: string,
    private readonly facts: Facts,
    private readonly tables: readonly TableShape[],
  ) {}

  /** Fixes the instant: what is committed after this resolves is not in the backup. */
  static async take(service: string, url: string): Promise<Snapshot> {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'backup',
      connectionTimeoutMillis: connectTimeoutMs,
      lock_timeout: lockTimeoutMs,
    });
    // A connection that breaks fails the query under way, or the next one; it must not end the process by itself.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      await client.query(spelling);
      const facts = await readFacts(client);
      const tables = await readTables(client);
      const names = tables.map(({ name }) => client.escapeIdentifier(name)).join(', ');
      // From here on no migration changes the form of a table.
      if (names !== '') await client.query(`LOCK TABLE ${names} IN ACCESS SHARE MODE`);
      return new Snapshot(client, service, facts, tables);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw new Error(`${service}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }

  /** Copies every table into a folder of this service's name, and notes where the sequences stand. */
  async writeTo(folder: string): Promise<DatabaseBackup> {
    await mkdir(join(folder, this.service), { mode: 0o700 });
    const tables: TableBackup[] = [];
    for (const table of this.tables) {
      const file = `${this.service}/${table.name}.copy.gz`;
      const written = await copyOut(this.client, table, join(folder, file));
      tables.push({ name: table.name, columns: [...table.columns], file, ...written });
    }
    const sequences = await readSequences(this.client);
    const { takenAt, serverVersion, migrations } = this.facts;
    return {
      service: this.service,
      takenAt: takenAt.toISOString(),
      serverVersion,
      migrations,
      tables,
      sequences,
    };
  }

  async end(): Promise<void> {
    await this.client.end();
  }
}

async function readFacts(client: pg.Client): Promise<Facts> {
  const { rows } = await client.query<Facts>(
    `SELECT clock_timestamp() AS "takenAt", current_setting('server_version') AS "serverVersion",
            pg_is_in_recovery() AS standby,
            ARRAY(SELECT name::text FROM migrations ORDER BY timestamp) AS migrations`,
  );
  const [facts] = rows;
  if (facts === undefined) throw new Error('The server did not answer.');
  if (facts.standby) {
    throw new Error(
      'This is a standby, which may be behind: a copy could come out newer than what it was copied from. Name the primary.',
    );
  }
  return facts;
}
