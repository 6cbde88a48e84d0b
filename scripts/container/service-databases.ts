import pg from 'pg';
import { z } from 'zod';
import { databaseSettings } from '#service';

const url = databaseSettings.DATABASE_URL;

/** What the command `databases` is told. */
export const databasesSettings = {
  /** A role that may make roles and databases; its password may be given apart. */
  POSTGRES_URL: url,
  POSTGRES_PASSWORD: z.string().optional(),
  ACCOUNTS_DATABASE_URL: url,
  STOPS_DATABASE_URL: url,
  REGISTRATIONS_DATABASE_URL: url,
  SESSIONS_DATABASE_URL: url,
};

/**
 * Makes the role and the database that each URL names, on a server that `adminUrl` may administer. What is there
 * stays, but for the role's password, which becomes that of the URL: so a changed secret needs only another run.
 * Nobody but its own role can connect to a database.
 */
export async function createServiceDatabases(
  adminUrl: string,
  serviceUrls: readonly string[],
): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    for (const url of serviceUrls) await createOne(client, new URL(url));
  } finally {
    await client.end();
  }
}

async function createOne(client: pg.Client, url: URL): Promise<void> {
  const role = decodeURIComponent(url.username);
  const database = decodeURIComponent(url.pathname.slice(1));
  const verb = (await exists(client, 'pg_roles', 'rolname', role)) ? 'ALTER' : 'CREATE';
  const password = client.escapeLiteral(decodeURIComponent(url.password));
  await client.query(`${verb} ROLE ${client.escapeIdentifier(role)} LOGIN PASSWORD ${password}`);
  if (!(await exists(client, 'pg_database', 'datname', database))) await create(client, database, role);
  await client.query(`REVOKE ALL ON DATABASE ${client.escapeIdentifier(database)} FROM PUBLIC`);
}

async function create(client: pg.Client, database: string, owner: string): Promise<void> {
  // Who may make roles is not yet a member of the new one, and only members may give things to it.
  await client.query(`GRANT ${client.escapeIdentifier(owner)} TO CURRENT_USER`);
  const [name, role] = [client.escapeIdentifier(database), client.escapeIdentifier(owner)];
  await client.query(`CREATE DATABASE ${name} OWNER ${role} ENCODING 'UTF8' TEMPLATE template0`);
}

async function exists(client: pg.Client, catalog: string, column: string, name: string): Promise<boolean> {
  const { rowCount } = await client.query(`SELECT 1 FROM ${catalog} WHERE ${column} = $1`, [name]);
  return rowCount === 1;
}
