import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createServiceDatabases } from '../../scripts/container/service-databases.js';
import { databaseUrlOf, maintenanceUrl } from '../../scripts/system/databases.js';

const suffix = randomBytes(4).toString('hex');
const names = [`accounts_${suffix}`, `stops_${suffix}`];

/** Another role's URL for another database of the server under test. */
function urlFor(role: string, password: string, database = role): string {
  const url = new URL(databaseUrlOf(adminUrl(), database));
  url.username = role;
  url.password = password;
  return url.href;
}

function adminUrl(): string {
  const url = process.env['TEST_DATABASE_URL'];
  if (url === undefined) throw new Error('TEST_DATABASE_URL is not set: run this with npm test.');
  return maintenanceUrl(url);
}

async function ask(url: string, statement: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    const { rows } = await client.query<{ answer: string }>(statement);
    return rows[0]?.answer ?? 'done';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await client.end();
  }
}

describe('the databases command', () => {
  const [accounts = '', stops = ''] = names;

  beforeAll(() =>
    createServiceDatabases(
      adminUrl(),
      names.map((name) => urlFor(name, 'first')),
    ),
  );
  afterAll(async () => {
    for (const name of names) {
      await ask(adminUrl(), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await ask(adminUrl(), `DROP ROLE IF EXISTS ${name}`);
    }
  });

  it('makes a database that its own role can build tables and extensions in', async () => {
    const url = urlFor(accounts, 'first');
    expect(await ask(url, 'CREATE EXTENSION btree_gist')).toBe('done');
    expect(await ask(url, 'CREATE TABLE things (id int)')).toBe('done');
    expect(await ask(url, 'SELECT current_database() AS answer')).toBe(accounts);
  });

  it("keeps each role out of the others' databases", async () => {
    expect(await ask(urlFor(stops, 'first', accounts), 'SELECT 1')).toContain(
      'permission denied for database',
    );
  });

  it('gives no role more than that', async () => {
    expect(await ask(urlFor(stops, 'first'), 'CREATE DATABASE more')).toContain('permission denied');
    expect(await ask(urlFor(stops, 'first'), 'CREATE ROLE more')).toContain('permission denied');
  });

  it('keeps what is there when it runs again, and takes over a changed password', async () => {
    await createServiceDatabases(adminUrl(), [urlFor(accounts, 'it\'s "second"')]);
    expect(await ask(urlFor(accounts, 'first'), 'SELECT 1')).toContain('password authentication failed');
    const count = 'SELECT count(*)::text AS answer FROM things';
    expect(await ask(urlFor(accounts, 'it\'s "second"'), count)).toBe('0');
  });
});
