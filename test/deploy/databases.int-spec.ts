import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { databaseOf } from '../../tools/container/service-databases.js';
import { createServiceDatabases } from '../../tools/dev/system/database-roles.js';
import { databaseUrlOf, maintenanceUrl } from '../../tools/dev/system/databases.js';

const suffix = randomBytes(4).toString('hex');
const [accounts, stops] = [`accounts_${suffix}`, `stops_${suffix}`];
const ownerOf = (database: string) => `${database}_owner`;

/** Another role's URL for another database of the server under test. */
function urlFor(role: string, password: string, database = role): string {
  const url = new URL(databaseUrlOf(adminUrl(), database));
  url.username = role;
  url.password = password;
  return url.href;
}

const described = (database: string, password: string) =>
  databaseOf(urlFor(ownerOf(database), password, database), urlFor(database, password));

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
  const owner = urlFor(ownerOf(accounts), 'first', accounts);

  beforeAll(() =>
    createServiceDatabases(adminUrl(), [described(accounts, 'first'), described(stops, 'first')]),
  );
  afterAll(async () => {
    for (const name of [accounts, stops]) {
      await ask(adminUrl(), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await ask(adminUrl(), `DROP ROLE IF EXISTS ${name}, ${ownerOf(name)}`);
    }
  });

  it('makes a database that its owner can build tables and extensions in', async () => {
    expect(await ask(owner, 'CREATE EXTENSION btree_gist')).toBe('done');
    expect(await ask(owner, 'CREATE TABLE things (id int)')).toBe('done');
    expect(await ask(owner, 'SELECT current_database() AS answer')).toBe(accounts);
  });

  it('gives the role of the service nothing but the way in', async () => {
    const app = urlFor(accounts, 'first');
    expect(await ask(app, 'SELECT current_database() AS answer')).toBe(accounts);
    for (const statement of ['SELECT * FROM things', 'CREATE TABLE mine (id int)', 'DROP TABLE things'])
      expect([statement, await ask(app, statement)]).toEqual([
        statement,
        expect.stringMatching(/permission denied|must be owner/),
      ]);
  });

  it("keeps each role out of the others' databases", async () => {
    for (const role of [stops, ownerOf(stops)])
      expect(await ask(urlFor(role, 'first', accounts), 'SELECT 1')).toContain(
        'permission denied for database',
      );
  });

  it('gives no role more than that', async () => {
    for (const role of [stops, ownerOf(stops)]) {
      const url = urlFor(role, 'first', stops);
      expect(await ask(url, 'CREATE DATABASE more')).toContain('permission denied');
      expect(await ask(url, 'CREATE ROLE more')).toContain('permission denied');
    }
  });

  it('takes what one role owned and served in an earlier version from it', async () => {
    await ask(adminUrl(), `ALTER DATABASE ${stops} OWNER TO ${stops}`);
    expect(await ask(urlFor(stops, 'first'), 'CREATE TABLE tours (id int)')).toBe('done');
    await createServiceDatabases(adminUrl(), [described(stops, 'first')]);
    expect(await ask(urlFor(stops, 'first'), 'DROP TABLE tours')).toContain('must be owner');
    expect(await ask(urlFor(ownerOf(stops), 'first', stops), 'DROP TABLE tours')).toBe('done');
  });

  it('keeps what is there when it runs again, and takes over a changed password', async () => {
    await createServiceDatabases(adminUrl(), [described(accounts, 'it\'s "second"')]);
    expect(await ask(owner, 'SELECT 1')).toContain('password authentication failed');
    const count = 'SELECT count(*)::text AS answer FROM things';
    expect(await ask(urlFor(ownerOf(accounts), 'it\'s "second"', accounts), count)).toBe('0');
  });

  it('refuses a role that would own what it serves, and two databases for one service', () => {
    expect(() => databaseOf(urlFor(stops, 'x'), urlFor(stops, 'x'))).toThrow(/has to be another role/);
    expect(() => databaseOf(owner, urlFor(stops, 'x'))).toThrow(/is to serve/);
  });
});
