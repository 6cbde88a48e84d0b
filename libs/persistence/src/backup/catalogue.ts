import type { ClientBase } from 'pg';
import type { SequenceBackup } from './manifest.js';

/** A table as a backup knows it: what PostgreSQL computes by itself is no column of it. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly string[];
}

interface FoundTable extends TableShape {
  /** The tables whose rows must be there first. */
  readonly refers: string[];
}

/**
 * Tables that a restored database gets in another way: migrations enter themselves as they run, and what is known of a
 * stream is nothing to restore, since the stream is another one afterwards.
 */
const notCopied = ['migrations', 'stream_seen'];

/** Excludes what belongs to an extension, here and wherever tables, sequences and functions are listed. */
export const ownObjects = (catalog: string, alias: string): string =>
  `NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid = '${catalog}'::regclass AND objid = ${alias}.oid AND deptype = 'e')`;

/**
 * The tables with rows of this database, each after those that it refers to.
 * @throws where tables refer to each other in a circle
 */
export async function readTables(client: ClientBase): Promise<TableShape[]> {
  const { rows } = await client.query<FoundTable>(
    `SELECT relname::text AS name,
            ARRAY(SELECT attname::text FROM pg_attribute
                   WHERE attrelid = found.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
                   ORDER BY attname) AS columns,
            ARRAY(SELECT DISTINCT confrelid::regclass::text FROM pg_constraint
                   WHERE contype = 'f' AND conrelid = found.oid AND confrelid <> conrelid) AS refers
       FROM pg_class AS found
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> ALL ($1)
        AND ${ownObjects('pg_class', 'found')}
      ORDER BY relname`,
    [notCopied],
  );
  return referredFirst(rows).map(({ name, columns }) => ({ name, columns }));
}

/**
 * The sequences, where each stands: TypeORM's own goes with the migrations. They do not belong to a snapshot, so this is
 * to be asked once the rows are copied: then every number that a row has was drawn before.
 */
export async function readSequences(client: ClientBase): Promise<SequenceBackup[]> {
  const { rows } = await client.query<SequenceBackup>(
    `SELECT sequencename::text AS name, last_value::text AS "lastValue" FROM pg_sequences
      WHERE schemaname = 'public' AND sequencename <> 'migrations_id_seq' ORDER BY sequencename`,
  );
  return rows;
}

/** @throws where tables refer to each other in a circle: no order would do */
export function referredFirst(tables: readonly FoundTable[]): FoundTable[] {
  const ordered: FoundTable[] = [];
  let rest = [...tables];
  while (rest.length > 0) {
    const names = new Set(rest.map(({ name }) => name));
    const free = rest.filter(({ refers }) => !refers.some((name) => names.has(name)));
    if (free.length === 0) throw new Error(`${[...names].join(', ')} refer to each other in a circle.`);
    ordered.push(...free);
    rest = rest.filter((table) => !free.includes(table));
  }
  return ordered;
}
