import type { DataSource } from 'typeorm';

/** What a running service may do with its tables, in the words of GRANT; `npm start` and the images give it no more. */
export type TableGrants = Readonly<Record<string, string>>;

/** Rows come and go. */
export const full = 'SELECT, INSERT, UPDATE, DELETE';
/** Rows come, change, and stay. */
export const noDelete = 'SELECT, INSERT, UPDATE';
/** Rows come and stay as they are. */
export const insertOnly = 'SELECT, INSERT';

/** The tables that every service has. */
export const sharedTables: TableGrants = {
  migrations: 'SELECT',
  audit: insertOnly,
  // An event never changes once it is written; only when it was published may be put right. Old ones are pruned.
  outbox: 'SELECT, INSERT, UPDATE (published_at), DELETE',
  // Who may not change a row may not lock it either.
  outbox_queue: full,
  inbox: 'SELECT, INSERT, DELETE',
  idempotency: full,
  dead_letters: 'SELECT, INSERT, UPDATE (reason, deliveries, replay_requested_at), DELETE',
  stream_seen: noDelete,
};

/**
 * Gives the role exactly these rights, all at once, and lets nobody else into the database; called by the role that owns
 * both, after migrations.
 * @throws where a table has no row in `own`: nothing is open by default
 */
export async function grantTables(dataSource: DataSource, role: string, own: TableGrants): Promise<void> {
  const rights: TableGrants = { ...sharedTables, ...own };
  await dataSource.transaction(async (manager) => {
    const tables = (await manager.query(
      `SELECT relname AS name FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname`,
    )) as { name: string }[];
    const forgotten = tables.filter(({ name }) => !Object.hasOwn(rights, name)).map(({ name }) => name);
    if (forgotten.length > 0)
      throw new Error(
        `The grants in the service's service.ts must say what it may do with ${forgotten.join(', ')}.`,
      );
    const to = quoted(role);
    const [{ name: database }] = (await manager.query('SELECT current_database() AS name')) as [
      { name: string },
    ];
    await manager.query(`REVOKE ALL ON DATABASE ${quoted(database)} FROM PUBLIC`);
    await manager.query(`GRANT CONNECT ON DATABASE ${quoted(database)} TO ${to}`);
    await manager.query(`REVOKE CREATE ON SCHEMA public FROM PUBLIC`);
    await manager.query(`REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${to}`);
    await manager.query(`GRANT USAGE ON SCHEMA public TO ${to}`);
    for (const { name } of tables) {
      await manager.query(`GRANT ${rights[name] ?? ''} ON public.${quoted(name)} TO ${to}`);
    }
  });
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Tables that this connection may not read: where there are any, the migration that made them is not done yet. */
export async function unreadableTables(dataSource: DataSource): Promise<string[]> {
  const rows = (await dataSource.query(
    `SELECT relname AS name FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
        AND NOT has_table_privilege(oid, 'SELECT') ORDER BY relname`,
  )) as { name: string }[];
  return rows.map(({ name }) => name);
}
