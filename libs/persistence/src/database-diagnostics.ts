import type { DataSource } from 'typeorm';
import { readOutboxStats, type OutboxStats } from './outbox/outbox-stats.js';
import { sharedTables, type TableGrants } from './grants.js';

/** Of pg_stat_activity, which hides the kind of other roles' sessions; those that are not clients have no user. */
export const isClient = `usesysid IS NOT NULL AND coalesce(backend_type, 'client backend') = 'client backend'`;

/** What one service sees of its database. */
export interface DatabaseDiagnostics {
  serverVersion: string;
  serverVersionNumber: number;
  standby: boolean;
  /** Whether the server could give, or has given, this database the extension that ranges need. */
  hasBtreeGist: boolean;
  /** How far the server's clock is ahead of this machine's, in milliseconds, and how far that may be off. */
  clockAheadMs: number;
  clockDoubtMs: number;
  connections: number;
  maxConnections: number;
  role: string;
  superuser: boolean;
  /** Whether the role owns the tables, as it does where one role does everything. */
  owner: boolean;
  /** Migrations of this version that are missing, and those that this version does not know. */
  pending: string[];
  unknown: string[];
  /** Rights that the role lacks, and those that it has beyond its own, as `DELETE on audit`. */
  lacking: string[];
  beyond: string[];
  /** Undefined where the role may not read it, or it is not there yet. */
  outbox: OutboxStats | undefined;
}

type Facts = Omit<
  DatabaseDiagnostics,
  'pending' | 'unknown' | 'lacking' | 'beyond' | 'outbox' | 'clockDoubtMs'
>;

/** Looks at the database as the running service does, and changes nothing. @throws where it can't be reached */
export async function diagnoseDatabase(
  dataSource: DataSource,
  own: TableGrants,
): Promise<DatabaseDiagnostics> {
  if (!dataSource.isInitialized) await dataSource.initialize();
  const facts = await readFacts(dataSource);
  const migrations = await compareMigrations(dataSource);
  const outbox = await readOutboxStats(dataSource).catch(() => undefined);
  return {
    ...facts,
    ...migrations,
    ...(await compareRights(dataSource, { ...sharedTables, ...own })),
    outbox,
  };
}

async function readFacts(dataSource: DataSource): Promise<Facts & { clockDoubtMs: number }> {
  const began = Date.now();
  const [clock] = (await dataSource.query(
    'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms',
  )) as { ms: number }[];
  const ended = Date.now();
  const [row] = (await dataSource.query(
    `SELECT current_setting('server_version') AS "serverVersion",
            current_setting('server_version_num')::int AS "serverVersionNumber",
            pg_is_in_recovery() AS standby,
            EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'btree_gist') AS "hasBtreeGist",
            (SELECT count(*)::int FROM pg_stat_activity WHERE ${isClient}) AS connections,
            current_setting('max_connections')::int AS "maxConnections",
            current_user AS role, rolsuper AS superuser,
            EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
                       AND relname = 'outbox' AND relowner = pg_roles.oid) AS owner
       FROM pg_roles WHERE rolname = current_user`,
  )) as Facts[];
  if (row === undefined || clock === undefined) throw new Error('The server did not answer.');
  return { ...row, clockAheadMs: clock.ms - (began + ended) / 2, clockDoubtMs: (ended - began) / 2 };
}

async function compareMigrations(
  dataSource: DataSource,
): Promise<Pick<DatabaseDiagnostics, 'pending' | 'unknown'>> {
  const known = dataSource.migrations.map((one) => one.name ?? one.constructor.name);
  const [table] = (await dataSource.query(`SELECT to_regclass('public.migrations') IS NOT NULL AS made`)) as {
    made: boolean;
  }[];
  if (table?.made !== true) return { pending: known, unknown: [] };
  const rows = (await dataSource.query('SELECT name FROM migrations')) as { name: string }[];
  const applied = rows.map(({ name }) => name);
  return {
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  };
}

const privileges = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'] as const;

/** Table by table: what `grantTables` would give, and what the role has. */
async function compareRights(
  dataSource: DataSource,
  rights: TableGrants,
): Promise<Pick<DatabaseDiagnostics, 'lacking' | 'beyond'>> {
  const held = (await dataSource.query(
    `SELECT name, privilege,
            CASE WHEN privilege IN ('DELETE', 'TRUNCATE') THEN false
                 ELSE has_any_column_privilege('public.' || quote_ident(name), privilege) END AS some,
            has_table_privilege('public.' || quote_ident(name), privilege) AS every
       FROM unnest($1::text[]) AS name, unnest($2::text[]) AS privilege
      WHERE to_regclass('public.' || quote_ident(name)) IS NOT NULL`,
    [Object.keys(rights), privileges],
  )) as { name: string; privilege: string; some: boolean; every: boolean }[];
  const lacking: string[] = [];
  const beyond: string[] = [];
  for (const { name, privilege, some, every } of held) {
    const meant = new RegExp(`\\b${privilege}\\b( \\()?`).exec(rights[name] ?? '');
    const inSomeColumns = meant?.[1] !== undefined;
    if (meant !== null && !every && !(inSomeColumns && some)) lacking.push(`${privilege} on ${name}`);
    if ((every && (meant === null || inSomeColumns)) || (some && meant === null))
      beyond.push(`${privilege} on ${name}`);
  }
  return { lacking, beyond };
}
