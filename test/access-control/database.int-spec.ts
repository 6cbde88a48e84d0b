import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { databaseServiceNames as names, type DatabaseServiceName as Service } from '#contracts';
import { grantTables, type TableGrants } from '#persistence';
import { createRolesAndDatabases, rolesOf } from '../../tools/dev/system/database-roles.js';
import { databaseUrlOf, maintenanceUrl } from '../../tools/dev/system/databases.js';
import { loadService } from '../../tools/dev/system/load-service.js';

const server = process.env['TEST_DATABASE_URL'] ?? '';
const secret = 'for a server that asks for no password';
const run = randomUUID().slice(0, 8);

const databaseOf = (service: Service) => `${service}_${run}`;
const loginsOf = (service: Service) => rolesOf(server, databaseOf(service), secret);
const closings: (() => Promise<void>)[] = [];

/** Rights that differ from "rows come, change and go", written down here once more. */
const narrow: Record<string, string> = {
  'accounts.organizations': 'SIU',
  'accounts.companies': 'SIU',
  'accounts.standings': 'SIU',
  'accounts.door_passes': 'SIU',
  'accounts.invitation_mails': 'SID',
  'registrations.stops': 'SIU',
  'registrations.companies': 'SIU',
  'registrations.registrations': 'SIU',
  'registrations.sessions': 'SIU',
  'registrations.ended_badges': 'SI',
  'registrations.sign_ups': 'SID',
  'registrations.departed_delegates': 'SID',
  'registrations.ended_sign_ups': 'SID',
  'sessions.stops': 'SIU',
  'sessions.companies': 'SIU',
  'sessions.sessions': 'SIU',
  'sessions.reviews': 'SIU',
  'sessions.speaker_bookings': 'SID',
  'sessions.timetable_releases': 'SI',
  'sessions.imported_entries': 'SIU',
  'sessions.imported_schedules': 'SI',
  'notifications.stops': 'SIU',
  'notifications.aggregates': 'SIU',
  'notifications.messages': 'SID',
  'notifications.log_state': 'SIU',
  'notifications.mail_topics': 'SIU',
  'notifications.calendar_uids': 'SIU',
  'notifications.mail_state': 'SIU',
  'notifications.unsubscribed': 'SIU',
  'notifications.notification_settings': 'SIU',
  'notifications.announcements': 'SIU',
  'matching.stops': 'SIU',
  'matching.companies': 'SIU',
  'matching.delegations': 'SIU',
  'matching.listings': 'SIU',
  'matching.listing_counts': 'SIU',
  'matching.meeting_rules': 'SIU',
  'matching.meeting_attendances': 'SIU',
  'matching.meetings': 'SIU',
  'matching.request_counts': 'SIU',
  'matching.meeting_counts': 'SIU',
  'matching.bookings': 'SID',
  'matching.sessions': 'SIU',
  'matching.sign_ups': 'SIU',
  'outcomes.stops': 'SIU',
  'outcomes.companies': 'SIU',
  'outcomes.registrations': 'SIU',
  'outcomes.check_ins': 'SIU',
  'outcomes.sessions': 'SIU',
  'outcomes.listings': 'SIU',
  'outcomes.meetings': 'SIU',
  'outcomes.meeting_outcomes': 'SIU',
  'outcomes.follow_ups': 'SI',
  'outcomes.follow_up_steps': 'SI',
  'outcomes.series_counters': 'SI',
  'outcomes.membership_batches': 'SID',
  'outcomes.members': 'SID',
  'outcomes.current_members': 'SID',
  'outcomes.cases': 'SID',
  'outcomes.papers': 'SID',
  'outcomes.certificates': 'SI',
  'outcomes.codes': 'SI',
  'matching.plans': 'SIUD',
  'matching.calendar_feeds': 'SIU',
  '*.migrations': 'S',
  '*.audit': 'SI',
  '*.inbox': 'SID',
  '*.stream_seen': 'SIU',
  // Of these only some columns change; see below.
  '*.outbox': 'SID',
  '*.dead_letters': 'SID',
};

beforeAll(async () => {
  await createRolesAndDatabases(server, names.map(databaseOf), secret);
  for (const service of names) await migrate(service);
}, 300_000);

afterAll(async () => {
  for (const close of closings) await close();
  const admin = await connect(maintenanceUrl(server));
  for (const service of names) {
    const { owner, app } = loginsOf(service);
    await admin.query(`DROP DATABASE ${databaseOf(service)} WITH (FORCE)`);
    await admin.query(`DROP ROLE ${app.role}, ${owner.role}`);
  }
  await admin.end();
}, 300_000);

async function migrate(service: Service): Promise<void> {
  const { dataSource, grants } = (await loadService(service)).database;
  const { owner, app } = loginsOf(service);
  const source = dataSource({ url: owner.url, name: 'migrate', poolSize: 2, maintenance: true });
  await source.initialize();
  await source.runMigrations({ transaction: 'each' });
  await grantTables(source, app.role, grants);
  await source.destroy();
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

const clients = new Map<string, Promise<pg.Client>>();
function appOf(service: Service): Promise<pg.Client> {
  const open = clients.get(service) ?? connect(loginsOf(service).app.url);
  if (!clients.has(service)) closings.push(async () => (await open).end());
  clients.set(service, open);
  return open;
}

/** The SQLSTATE of the refusal, or `done`. Whatever is done is undone. */
async function outcome(client: pg.Client, statement: string): Promise<string> {
  await client.query('BEGIN');
  try {
    await client.query(statement);
    return 'done';
  } catch (error) {
    return (error as pg.DatabaseError).code ?? String(error);
  } finally {
    await client.query('ROLLBACK');
  }
}

const noRight = '42501';

async function tablesOf(service: Service): Promise<{ name: string; column: string }[]> {
  const client = await connect(databaseUrlOf(server, databaseOf(service)));
  const { rows } = await client.query<{ name: string; column: string }>(
    `SELECT relname AS name, attname AS column FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum = 1
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname`,
  );
  await client.end();
  return rows;
}

describe.each(names)('the role that %s runs as', (service) => {
  it('reads and writes its tables as the table of rights says, and no more', async () => {
    const app = await appOf(service);
    for (const { name, column } of await tablesOf(service)) {
      const may = narrow[`${service}.${name}`] ?? narrow[`*.${name}`] ?? 'SIUD';
      const attempts = {
        S: `SELECT 1 FROM ${name} LIMIT 0`,
        I: `INSERT INTO ${name} SELECT * FROM ${name} WHERE false`,
        U: `UPDATE ${name} SET ${column} = ${column} WHERE false`,
        D: `DELETE FROM ${name} WHERE false`,
        T: `TRUNCATE ${name}`,
      };
      for (const [letter, statement] of Object.entries(attempts)) {
        const expected = may.includes(letter) ? 'done' : noRight;
        expect([statement, await outcome(app, statement)]).toEqual([statement, expected]);
      }
    }
  });

  it('changes of an event only where it stands, and of a dead letter only what became of it', async () => {
    const app = await appOf(service);
    const set = (table: string, column: string) =>
      outcome(app, `UPDATE ${table} SET ${column} = ${column} WHERE false`);
    expect(await set('outbox', 'published_at')).toBe('done');
    for (const column of ['id', 'subject', 'aggregate_id', 'payload', 'created_at'])
      expect([column, await set('outbox', column)]).toEqual([column, noRight]);
    for (const column of ['reason', 'deliveries', 'replay_requested_at'])
      expect(await set('dead_letters', column)).toBe('done');
    for (const column of ['payload', 'event_id', 'consumer'])
      expect([column, await set('dead_letters', column)]).toEqual([column, noRight]);
  });

  it.each([
    'CREATE TABLE mine (id integer)',
    'CREATE TEMPORARY TABLE mine (id integer)',
    'CREATE SCHEMA mine',
    'ALTER TABLE audit ADD COLUMN mine integer',
    'ALTER TABLE audit DISABLE TRIGGER ALL',
    'DROP TABLE audit',
    'CREATE INDEX mine ON audit (at)',
    'CREATE FUNCTION mine() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$',
    'CREATE EXTENSION dblink',
    'CREATE ROLE mine',
    "SET session_replication_role = 'replica'",
    "SELECT pg_read_file('PG_VERSION')",
    "COPY audit TO PROGRAM 'cat'",
    'ALTER TABLE audit OWNER TO CURRENT_USER',
    'SELECT rolpassword FROM pg_authid',
    'ALTER SYSTEM SET fsync = off',
  ])('is refused: %s', async (statement) => {
    const app = await appOf(service);
    expect(await refusalOf(app, statement)).toBe(noRight);
  });

  it('can’t become the owner, nor reach another database', async () => {
    const { owner, app } = loginsOf(service);
    expect(await outcome(await appOf(service), `SET ROLE ${owner.role}`)).toBe(noRight);
    for (const other of names.filter((name) => name !== service)) {
      for (const { url } of [owner, app]) {
        const elsewhere = databaseUrlOf(url, databaseOf(other));
        await expect(connect(elsewhere)).rejects.toMatchObject({ code: noRight });
      }
    }
  });
});

/** ALTER SYSTEM can't run in a transaction. */
async function refusalOf(app: pg.Client, statement: string): Promise<string> {
  if (!statement.startsWith('ALTER SYSTEM')) return outcome(app, statement);
  return app.query(statement).then(
    () => 'done',
    (error: pg.DatabaseError) => error.code ?? '',
  );
}

describe('what outcomes announced or issued', () => {
  const neverChanges = '23001';
  const [id, other] = [randomUUID(), randomUUID()];
  const announced: Readonly<Record<string, string>> = {
    membership_batches: `(id, tour_id, organization_id, alliance, series, announced_at, created_at, version)
      VALUES ('${id}', '${other}', '${other}', '{}', 'S', now(), now(), 1)`,
    members: `(id, batch_id, organization_id, series, name, category, number)
      VALUES ('${id}', '${id}', '${other}', 'S', '{}', 'x', 1)`,
    cases: `(id, tour_id, organization_id, stop_id, title, field, company_ids, summary, state, announced_at, created_at, version)
      VALUES ('${id}', '${other}', '${other}', '${other}', '{}', 'x', '{}', '{}', 'announced', now(), now(), 1)`,
    papers: `(id, tour_id, organization_id, title, authors, issuers, edition, announced_at, created_at, version)
      VALUES ('${id}', '${other}', '${other}', '{}', '[]', '[]', '1', now(), now(), 1)`,
    certificates: `(id, stop_id, organization_id, kind, registration_id, delegate_id, holder, status, reason, issued_at, version)
      VALUES ('${id}', '${other}', '${other}', 'attendance', '${other}', '${id}', 'x', 'revoked', 'x', now(), 1)`,
    codes: `(hash, kind, named_id) VALUES ('\\x00', 'membership', '${id}')`,
  };
  const tables = Object.keys(announced);
  let owner: pg.Client;

  beforeAll(async () => {
    owner = await connect(loginsOf('outcomes').owner.url);
    closings.push(() => owner.end());
    // A batch takes its members before it is announced.
    await owner.query('ALTER TABLE members DISABLE TRIGGER announced_batch_is_closed');
    for (const table of tables) await owner.query(`INSERT INTO ${table} ${announced[table] ?? ''}`);
    await owner.query('ALTER TABLE members ENABLE TRIGGER announced_batch_is_closed');
  });

  it.each(tables)('is not changed in %s by the role of the service, whatever it tries', async (table) => {
    const app = await appOf('outcomes');
    const { rows: columns } = await owner.query<{ attname: string }>(
      `SELECT attname FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
      [table],
    );
    // Erasing a name raises the version, and says nothing else.
    const free = table === 'certificates' ? ['version', 'holder'] : [];
    const changes = columns
      .map(({ attname }) => attname)
      .filter((column) => !free.includes(column))
      .map((column) => `UPDATE ${table} SET ${column} = ${otherValue(column)}`);
    const statements = [
      ...changes,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table} CASCADE`,
      `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
      `DROP TRIGGER ledger_is_never_emptied ON ${table}`,
      `DROP TABLE ${table} CASCADE`,
      'CREATE OR REPLACE FUNCTION announced_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$',
      "SET session_replication_role = 'replica'",
    ];
    for (const statement of statements)
      expect([statement, await outcome(app, statement)]).toEqual([
        statement,
        expect.stringMatching(new RegExp(`^(${noRight}|${neverChanges})$`)),
      ]);
  });

  it('is not changed or emptied by the owner of the tables either', async () => {
    for (const table of tables.filter((one) => one !== 'codes')) {
      const holder = table === 'certificates' ? "SET holder = 'y'" : 'SET version = 9';
      const change = table === 'members' ? "SET category = 'y'" : holder;
      expect(await outcome(owner, `UPDATE ${table} ${change}`)).toBe(neverChanges);
      expect(await outcome(owner, `DELETE FROM ${table}`)).toBe(neverChanges);
      expect(await outcome(owner, `TRUNCATE ${table} CASCADE`)).toBe(neverChanges);
    }
  });

  it('loses a name that is erased, and nothing else', async () => {
    const app = await appOf('outcomes');
    expect(await outcome(app, `UPDATE certificates SET holder = '', version = version + 1`)).toBe('done');
  });

  function otherValue(column: string): string {
    if (/(^|_)(id|by)$|^corrects$/.test(column)) return `'${randomUUID()}'`;
    if (column === 'hash') return "'\\x01'";
    if (column === 'company_ids') return `ARRAY['${randomUUID()}'::uuid]`;
    if (column.endsWith('_at')) return "now() + interval '1 day'";
    if (['version', 'number'].includes(column)) return '77';
    if (['alliance', 'name', 'title', 'summary', 'session_title', 'authors', 'issuers'].includes(column))
      return `'["x"]'`;
    return column === 'status' ? "'valid'" : "'y'";
  }
});

describe('the grants', () => {
  it('refuse a migration that adds a table of which nothing is said', async () => {
    const { dataSource, grants } = (await loadService('stops')).database;
    const { owner, app } = loginsOf('stops');
    const source = dataSource({ url: owner.url, name: 'migrate', poolSize: 2, maintenance: true });
    await source.initialize();
    const { tours: _, ...forgetful } = grants as TableGrants & { tours: string };
    await expect(grantTables(source, app.role, forgetful)).rejects.toThrow(/grants .* tours/);
    await grantTables(source, app.role, grants);
    await source.destroy();
  });

  it('take back what an earlier version gave', async () => {
    const { dataSource, grants } = (await loadService('stops')).database;
    const { owner, app } = loginsOf('stops');
    const source = dataSource({ url: owner.url, name: 'migrate', poolSize: 2, maintenance: true });
    await source.initialize();
    await source.query(`GRANT DELETE ON audit TO ${app.role}`);
    expect(await outcome(await appOf('stops'), 'DELETE FROM audit WHERE false')).toBe('done');
    await grantTables(source, app.role, grants);
    expect(await outcome(await appOf('stops'), 'DELETE FROM audit WHERE false')).toBe(noRight);
    await source.destroy();
  });

  it('are made again and again, and tables of an earlier owner are handed over', async () => {
    const admin = await connect(databaseUrlOf(server, databaseOf('stops')));
    await admin.query('ALTER TABLE tours OWNER TO CURRENT_USER');
    await createRolesAndDatabases(server, names.map(databaseOf), secret);
    const { rows } = await admin.query(
      `SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'`,
    );
    expect(rows).toEqual([{ tableowner: loginsOf('stops').owner.role }]);
    await admin.end();
    await migrate('stops');
  });
});
