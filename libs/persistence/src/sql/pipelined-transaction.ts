import type { Writable } from 'node:stream';
import { QueryFailedError, type DataSource } from 'typeorm';

/** What runs SQL: TypeORM's manager, or a pipelined transaction. */
export interface Sql {
  query: (text: string, values?: unknown[]) => Promise<unknown>;
}

interface Connection {
  query: (statement: { name?: string; text: string; values: unknown[] }) => Promise<{ rows: unknown[] }>;
  readonly connection: { readonly stream: Writable };
}

const names = new Map<string, string>();

/** Equal texts have one name: a connection parses and plans each of them once. Texts are constants, so these are few. */
function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

/**
 * One transaction for a hot path, in SQL alone. Statements go out without waiting for each other: BEGIN with the
 * first question, COMMIT with the last write. A server that is asked three times answers three times as fast as one
 * that is asked ten times, since most of such a transaction is waiting for one another.
 */
export class PipelinedTransaction implements Sql {
  private readonly sent: Promise<unknown>[] = [];
  private corked = false;

  private constructor(private readonly connection: Connection) {
    this.send('BEGIN');
    // A plan is kept with its connection, and may have been made while a table held a handful of rows: every look-up of
    // a hot path goes by an index from the beginning.
    this.send('SET LOCAL enable_seqscan = off');
  }

  /** Commits what `work` has asked and sent; whatever fails, nothing stays. */
  static async run<T>(dataSource: DataSource, work: (sql: PipelinedTransaction) => Promise<T>): Promise<T> {
    const runner = dataSource.createQueryRunner();
    try {
      const transaction = new PipelinedTransaction((await runner.connect()) as Connection);
      try {
        const answer = await work(transaction);
        // A write that failed has aborted the transaction, and then this COMMIT is none.
        transaction.send('COMMIT');
        await Promise.all(transaction.sent);
        return answer;
      } catch (error) {
        await transaction.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    } finally {
      await runner.release();
    }
  }

  /** Asks, and waits for the rows. */
  query(text: string, values: unknown[] = []): Promise<unknown[]> {
    return this.run({ name: nameOf(text), text, values });
  }

  /** Writes without waiting; a failure comes up at the commit. */
  send(text: string, values: unknown[] = []): void {
    this.remember(this.query(text, values));
  }

  /** The same for a join, which is planned anew each time: the best way to it depends on how many rows there are. */
  sendUnprepared(text: string, values: unknown[] = []): void {
    this.remember(this.run({ text, values }));
  }

  private remember(sending: Promise<unknown>): void {
    sending.catch(() => undefined);
    this.sent.push(sending);
  }

  private async run(statement: { name?: string; text: string; values: unknown[] }): Promise<unknown[]> {
    this.gather();
    try {
      const { rows } = await this.connection.query(statement);
      return rows;
    } catch (error) {
      throw new QueryFailedError(statement.text, undefined, error as Error);
    }
  }

  /** What is asked in one turn of the event loop leaves in one packet: each by itself would wake the server again. */
  private gather(): void {
    if (this.corked) return;
    this.corked = true;
    const { stream } = this.connection.connection;
    stream.cork();
    process.nextTick(() => {
      this.corked = false;
      stream.uncork();
    });
  }
}
