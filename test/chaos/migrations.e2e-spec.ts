import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import pg from 'pg';
import { databaseServiceNames } from '#contracts';
import { mainOf } from '../../tools/dev/system/main-of.js';
import { eventually } from '../support/npm-start.js';
import { ownDatabase } from '../support/own-servers.js';

const testMs = 300_000;
let database: Awaited<ReturnType<typeof ownDatabase>>;
let client: pg.Client;

beforeEach(async () => {
  database = await ownDatabase('faults_migrate');
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await database.drop();
});

/** `npm test` tries one service, `npm run test:faults` all: they share the code. */
const names = process.env['FAULTS_TABLE'] === undefined ? (['stops'] as const) : databaseServiceNames;

function migrate(service: string): ChildProcess {
  return spawn(process.execPath, [mainOf(service), 'migrate'], {
    env: { PATH: process.env['PATH'], DATABASE_URL: database.url },
    stdio: 'ignore',
  });
}

async function codeOf(child: ChildProcess): Promise<unknown> {
  const [code] = await once(child, 'exit');
  return code;
}

const applied = async () =>
  (await client.query<{ name: string }>('SELECT name FROM migrations ORDER BY name')).rows.map(
    ({ name }) => name,
  );

/** Each CREATE INDEX waits for us, in the middle of a migration whose tables are made already. */
const halfWay = `
  CREATE FUNCTION wait_half_way() RETURNS event_trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_xact_lock(4711); END $$;
  CREATE EVENT TRIGGER half_way ON ddl_command_start WHEN TAG IN ('CREATE INDEX')
    EXECUTE FUNCTION wait_half_way();
`;

it.each(names)(
  'brings the tables of %s up to date once, where two migrations start at once',
  async (service) => {
    const codes = await Promise.all([migrate(service), migrate(service), migrate(service)].map(codeOf));
    expect(codes).toEqual([0, 0, 0]);
    const made = await applied();
    expect(made.length).toBeGreaterThan(1);
    expect(new Set(made).size).toBe(made.length);
  },
  testMs,
);

it.each(names)(
  'starts over where a migration of %s was killed half-way',
  async (service) => {
    await client.query(halfWay);
    await client.query('SELECT pg_advisory_lock(4711)');
    const doomed = migrate(service);
    const waits = `SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'advisory' AND objid = 4711`;
    await eventually(
      'the migration to be half-way',
      async () => (await client.query(waits)).rowCount === 1,
      60_000,
    );
    doomed.kill('SIGKILL');
    await codeOf(doomed);
    await client.query('SELECT pg_advisory_unlock(4711)');
    await client.query('DROP EVENT TRIGGER half_way');
    expect(await codeOf(migrate(service))).toBe(0);
    const whole = await applied();
    expect(await codeOf(migrate(service))).toBe(0);
    expect(await applied()).toEqual(whole);
    const { rowCount } = await client.query(`SELECT 1 FROM pg_index WHERE NOT indisvalid`);
    expect(rowCount).toBe(0);
  },
  testMs,
);
