import pg from 'pg';

/** A statement as a service sent it. */
export interface SentStatement {
  readonly text: string;
  readonly values: unknown[];
  /** Whether it was planned once under a name, which hot paths do with sequential scans turned off. */
  readonly named: boolean;
  /** What its transaction had set for the planner. */
  readonly settings?: readonly string[];
}

type Query = (this: pg.Client, ...args: unknown[]) => unknown;

/** Everything but words about transactions and locks. */
const isPlanned = /^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b/i;

/** Runs work, and notes the statements that this process sends meanwhile, each text once. */
export async function statementsOf(work: () => Promise<unknown>): Promise<SentStatement[]> {
  const sent = new Map<string, SentStatement>();
  const settings = new Map<pg.Client, string[]>();
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const original = prototype.query;
  prototype.query = function (this: pg.Client, ...args) {
    const statement = readStatement(args);
    if (statement !== null && /^(BEGIN|START|COMMIT|ROLLBACK)/.test(statement.text)) settings.set(this, []);
    if (statement !== null && statement.text.startsWith('SET LOCAL enable_'))
      settings.get(this)?.push(statement.text);
    if (statement !== null && isPlanned.test(statement.text))
      sent.set(statement.text, { ...statement, settings: [...(settings.get(this) ?? [])] });
    return original.apply(this, args);
  };
  try {
    await work();
  } finally {
    prototype.query = original;
  }
  return [...sent.values()];
}

function readStatement([first, second]: readonly unknown[]): SentStatement | null {
  if (typeof first === 'string')
    return { text: first, values: Array.isArray(second) ? (second as unknown[]) : [], named: false };
  const { text, values = [], name } = first as { text?: string; values?: unknown[]; name?: string };
  return text === undefined ? null : { text, values, named: name !== undefined };
}

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Plan[];
}

/**
 * What a statement reads too much of, as PostgreSQL carries it out here and now; nothing stays of it.
 * @param mostRows that one step of it may look at
 */
export async function costlySteps(
  databaseUrl: string,
  statement: SentStatement,
  mostRows: number,
): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const plan =
      (await explained(client, statement, 'ANALYZE, FORMAT JSON')) ??
      (await explained(client, statement, 'FORMAT JSON'));
    return plan === null
      ? ['It has no plan.']
      : scansOf(plan)
          .filter((one) => one.rows > mostRows)
          .map(textOf);
  } finally {
    await client.end();
  }
}

/** @returns null where it can't be done a second time, as the insert of a row that is there */
async function explained(
  client: pg.Client,
  { text, values, named, settings = [] }: SentStatement,
  options: string,
): Promise<Plan | null> {
  await client.query('BEGIN');
  try {
    if (named) await client.query('SET LOCAL enable_seqscan = off');
    for (const setting of settings) await client.query(setting);
    const explain = `EXPLAIN (${options}) ${text}`;
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(explain, values);
    return rows[0]?.['QUERY PLAN'][0].Plan ?? null;
  } catch {
    return null;
  } finally {
    await client.query('ROLLBACK');
  }
}

interface Scan {
  readonly step: string;
  readonly rows: number;
}

/** The steps that read tables. One that was only planned counts as reading all where it is a sequential scan. */
function scansOf(plan: Plan): Scan[] {
  const below = (plan.Plans ?? []).flatMap(scansOf);
  const relation = plan['Relation Name'];
  const isRead = plan['Node Type'].endsWith(' Scan') && relation !== undefined;
  if (!isRead) return below;
  const loops = plan['Actual Loops'];
  const seen =
    (plan['Actual Rows'] ?? 0) +
    (plan['Rows Removed by Filter'] ?? 0) +
    (plan['Rows Removed by Index Recheck'] ?? 0);
  const unknown = plan['Node Type'] === 'Seq Scan' ? Infinity : 0;
  const step = [plan['Node Type'], 'on', relation, plan['Index Name'] ?? ''].join(' ').trim();
  return [{ step, rows: loops === undefined ? unknown : seen * loops }, ...below];
}

function textOf({ step, rows }: Scan): string {
  return `${step}: ${rows} rows`;
}

/** SQL expressions by column. */
export type Differences = Readonly<Record<string, string>>;

/**
 * Copies one row of a table many times, whatever its columns are, and has nobody analyse it.
 * @param differ what each copy has of its own; `n` counts them
 */
export async function multiply(
  databaseUrl: string,
  table: string,
  count: number,
  differ: Differences,
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`);
    const { rows } = await client.query<{ name: string }>(
      `SELECT quote_ident(column_name) AS name FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position`,
      [table],
    );
    const columns = rows.map(({ name }) => name);
    await client.query(
      `INSERT INTO ${table} (${columns.join(', ')})
       SELECT ${columns.map((name) => differ[name] ?? `one.${name}`).join(', ')}
         FROM (SELECT * FROM ${table} LIMIT 1) AS one, generate_series(1, ${count}) AS n`,
    );
  } finally {
    await client.end();
  }
}
