import pg from 'pg';
import { createDatabases, databaseUrlOf, migrate } from '../../dev/system/databases.js';

const name = 'bench_floor';

/** A database of the bench's own with the tables of registrations, made by its migrations. */
export async function makeScratchDatabase(registrationsUrl: string): Promise<string> {
  await createDatabases(databaseUrlOf(registrationsUrl, 'postgres'), [name]);
  const url = databaseUrlOf(registrationsUrl, name);
  await migrate({ registrations: { DATABASE_URL: url } }, new AbortController().signal);
  return url;
}

/** Bytes of all rows that one registration leaves: whether the rows written here are those of the service. */
export async function bytesPerRegistration(databaseUrl: string): Promise<number> {
  const tables = ['registrations', 'delegates', 'outbox', 'audit', 'idempotency'];
  const sums = tables.map((table) => `(SELECT coalesce(sum(pg_column_size(t.*)), 0) FROM ${table} t)`);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ bytes: string }>(
    `SELECT (${sums.join(' + ')}) / (SELECT greatest(count(*), 1) FROM registrations) AS bytes`,
  );
  await client.end();
  return Number(rows[0]?.bytes ?? 0);
}
