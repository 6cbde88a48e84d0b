import pg from 'pg';
import { mainOf } from './main-of.js';
import { inheritedEnv } from './inherited-env.js';
import { runToEnd } from './run-to-end.js';
import { adviceFor, StartFailure } from './start-failure.js';

/** The same server, another database of it. */
export function databaseUrlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** The database to connect to for making others: the one that the URL names, else the one that every server has. */
export function maintenanceUrl(serverUrl: string): string {
  return new URL(serverUrl).pathname.length > 1 ? serverUrl : databaseUrlOf(serverUrl, 'postgres');
}

/** Makes those of the databases that are missing, without roles: for tests and benches of single parts. */
export async function createDatabases(serverUrl: string, names: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: maintenanceUrl(serverUrl) });
  await client.connect();
  try {
    for (const name of names) await createDatabase(client, name);
  } finally {
    await client.end();
  }
}

/** Makes a database unless it is there. */
export async function createDatabase(client: pg.Client, name: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (rowCount === 1) return;
  try {
    // template0, since template1 may have been given a locale or tables that are none of ours.
    await client.query(`create database ${client.escapeIdentifier(name)} encoding 'UTF8' template template0`);
  } catch (error) {
    if (isDuplicate(error)) return;
    const text = error instanceof Error ? error.message : String(error);
    throw new StartFailure(
      `The database ${name} could not be made: ${text}.`,
      'Give the user of DATABASE_URL the right to (ALTER ROLE ... CREATEDB CREATEROLE).',
    );
  }
}

/** Two first starts against one server may both have seen that the database is missing. */
function isDuplicate(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '42P04' || error.code === '23505');
}

/** Settings of a service's migration. */
export interface MigrationSettings {
  /** With the rights of the role that owns the tables. */
  readonly DATABASE_URL: string;
  /** The role of the running service. */
  readonly DATABASE_APP_ROLE?: string | undefined;
}

/** Brings the tables of services up to date, side by side, each by its own command. */
export async function migrate(
  services: Readonly<Record<string, MigrationSettings>>,
  abort: AbortSignal,
): Promise<void> {
  await Promise.all(Object.entries(services).map(([name, settings]) => migrateOne(name, settings, abort)));
}

async function migrateOne(service: string, settings: MigrationSettings, abort: AbortSignal): Promise<void> {
  const env = { ...inheritedEnv(process.env), ...settings };
  try {
    await runToEnd(process.execPath, ['--enable-source-maps', mainOf(service), 'migrate'], {
      env,
      signal: abort,
    });
  } catch (error) {
    abort.throwIfAborted();
    const text = error instanceof Error ? error.message : String(error);
    throw new StartFailure(
      `The tables of ${service} could not be migrated.\n${text}`,
      adviceFor(text, 'See the message above. Data written by a newer version need that version.'),
    );
  }
}
