import { createHmac } from 'node:crypto';
import pg from 'pg';
import { createDatabase, databaseUrlOf, maintenanceUrl } from './databases.js';
import { StartFailure } from './start-failure.js';

/** A role that logs in, and with which URL. */
export interface Login {
  readonly role: string;
  readonly url: string;
}

/** The two roles of one service's database: `owner` changes the schema and nothing else does, `app` works in it. */
export interface ServiceRoles {
  readonly owner: Login;
  readonly app: Login;
}

/** Held while roles and databases are made, so that two starts at once do not trip over each other; an arbitrary number. */
const ROLES_LOCK = 7_246_114;

/**
 * The roles of a service. Their passwords are derived from the password of the server's owner: who has that one
 * may do everything anyway, and two installations that are given one server agree without asking each other.
 * @param secret where the URL holds no password, since the server asks for none
 */
export function rolesOf(serverUrl: string, service: string, secret: string): ServiceRoles {
  const key = new URL(serverUrl).password || secret;
  const login = (role: string): Login => {
    const url = new URL(databaseUrlOf(serverUrl, service));
    url.username = role;
    url.password = createHmac('sha256', key).update(role).digest('hex');
    return { role, url: url.href };
  };
  return { owner: login(`waystop_${service}_owner`), app: login(`waystop_${service}`) };
}

/** The databases of these services with the roles that `rolesOf` names; see `createServiceDatabases`. */
export async function createRolesAndDatabases(
  serverUrl: string,
  services: readonly string[],
  secret: string,
): Promise<void> {
  const databases = services.map((service) => ({
    database: service,
    ...rolesOf(serverUrl, service, secret),
  }));
  await createServiceDatabases(serverUrl, databases);
}

/** One service's database, and who may do what in it. */
export interface ServiceDatabase extends ServiceRoles {
  readonly database: string;
}

/**
 * Makes what is missing of roles and databases, and lets into each database nobody but its own two roles. Passwords
 * become those of the URLs, so a changed one needs only another run.
 * @param serverUrl as somebody who may make roles and databases
 */
export async function createServiceDatabases(
  serverUrl: string,
  databases: readonly ServiceDatabase[],
): Promise<void> {
  const client = new pg.Client({ connectionString: maintenanceUrl(serverUrl) });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [ROLES_LOCK]);
    for (const one of databases) await createServiceDatabase(client, serverUrl, one);
  } finally {
    await client.end();
  }
}

async function createServiceDatabase(
  client: pg.Client,
  serverUrl: string,
  { database: name, owner, app }: ServiceDatabase,
): Promise<void> {
  await createLogin(client, owner);
  await createLogin(client, app);
  const [database, ownerName, appName] = [name, owner.role, app.role].map((one) =>
    client.escapeIdentifier(one),
  );
  // Who may make roles is not yet a member of the new one, and only members may give things to it.
  await client.query(`GRANT ${ownerName} TO CURRENT_USER`);
  await createDatabase(client, name);
  await client.query(`ALTER DATABASE ${database} OWNER TO ${ownerName}`);
  await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${database} TO ${appName}`);
  await handOver(databaseUrlOf(serverUrl, name), ownerName ?? '');
}

async function createLogin(client: pg.Client, { role, url }: Login): Promise<void> {
  const name = client.escapeIdentifier(role);
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  const password = client.escapeLiteral(decodeURIComponent(new URL(url).password));
  try {
    await client.query(`${rowCount === 0 ? 'CREATE' : 'ALTER'} ROLE ${name} LOGIN PASSWORD ${password}`);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new StartFailure(
      `The database role ${role} could not be made: ${text}.`,
      'Give the user of DATABASE_URL the right to (ALTER ROLE ... CREATEDB CREATEROLE).',
    );
  }
}

/** Tables that an earlier version made belong to the role that ran it: the owner could not change them. */
async function handOver(databaseUrl: string, owner: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ statement: string }>(strangersStatements, [owner]);
    for (const { statement } of rows) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** What belongs to an extension stays with the extension's owner. */
const strangersStatements = `
  SELECT format('ALTER %s %s OWNER TO %s', kind, name, $1::text) AS statement
    FROM (SELECT 'pg_class'::regclass AS catalog, oid, relowner AS owner, oid::regclass::text AS name,
                 CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind
            FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S')
           UNION ALL
          SELECT 'pg_proc'::regclass, oid, proowner, oid::regprocedure::text, 'FUNCTION'
            FROM pg_proc WHERE pronamespace = 'public'::regnamespace) AS object
   WHERE owner <> $1::regrole
     AND NOT EXISTS (SELECT 1 FROM pg_depend
                      WHERE classid = catalog AND objid = object.oid AND deptype IN ('e', 'a', 'i'))`;
