import type { DataSource } from 'typeorm';
import { Problem, type Call, type DataOf, type EventContract } from '#contracts';
import { transactionOf, type Transaction } from './database.js';
import { findReplays, lockIdempotencyKey } from './idempotency.js';
import { PendingRecords, isKeyTaken, type AuditEntry } from './pending-records.js';
import { PipelinedTransaction } from './sql/pipelined-transaction.js';
import { sqlStateOf } from './sql/sql-state.js';

/** A transaction under way, with what it records beside its own rows. */
export interface TransactionContext {
  /** The one way to the database while the transaction lasts. */
  readonly manager: Transaction;
  emit<C extends EventContract>(contract: C, aggregateId: string, data: DataOf<C>): void;
  audit(entry: AuditEntry): void;
}

/** Deadlocks, serialization failures and lock time-outs pass when tried again. */
const retryableStates = new Set(['40001', '40P01', '55P03']);
const maxAttempts = 4;

/** A refusal that leaves something behind, such as a counted try: the transaction commits, then the problem is thrown. */
export class CommittedRefusal {
  constructor(readonly problem: Problem) {}
}

/** Runs changes: rows + outbox + audit + idempotency record in ONE transaction, or nothing at all. */
export class UnitOfWork {
  constructor(
    private readonly dataSource: DataSource,
    /** Wakes the relay: called after each commit that left events. */
    private readonly onCommitted: () => void,
  ) {}

  /**
   * Runs a caller's change, or gives back the answer that the same request got before.
   * @param change decides and saves; throws a `Problem` to refuse, and then nothing stays. What stays of a refusal is
   *   committed where it gives a `CommittedRefusal` back
   * @param resourceId finds the kept answer again when personal data in it must be erased
   */
  async run<T>(
    call: Call & { replayed?: boolean },
    change: (tx: TransactionContext) => Promise<T | CommittedRefusal>,
    resourceId: (answer: T) => string | null = () => null,
  ): Promise<T> {
    const decided = await this.transaction(async (manager, recorded) => {
      await lockIdempotencyKey(manager, call);
      const [replay] = await findReplays(manager, [call]);
      if (replay instanceof Problem) throw replay;
      if (replay !== undefined) {
        call.replayed = true;
        return replay.answer as T;
      }
      const answer = await change({
        manager,
        emit: (contract, aggregateId, data) => recorded.emit(contract, aggregateId, data, call),
        audit: (entry) => recorded.audit(call, entry),
      });
      if (!(answer instanceof CommittedRefusal)) recorded.storeResponse(call, answer, resourceId(answer));
      return answer;
    });
    if (decided instanceof CommittedRefusal) throw decided.problem;
    return decided;
  }

  /** One transaction with its records; tried again when the database says that another try will do. */
  async transaction<T>(work: (manager: Transaction, recorded: PendingRecords) => Promise<T>): Promise<T> {
    return withRetry(() => this.attempt(work));
  }

  /** The same for a hot path, in SQL alone: see `PipelinedTransaction`. */
  async pipelined<T>(work: (sql: PipelinedTransaction, recorded: PendingRecords) => Promise<T>): Promise<T> {
    return withRetry(async () => {
      const recorded = new PendingRecords();
      const answer = await PipelinedTransaction.run(this.dataSource, async (sql) => {
        const result = await work(sql, recorded);
        for (const { text, values } of recorded.statements()) sql.send(text, values);
        return result;
      });
      if (recorded.hasEvents) this.onCommitted();
      return answer;
    });
  }

  private async attempt<T>(work: (manager: Transaction, recorded: PendingRecords) => Promise<T>): Promise<T> {
    const recorded = new PendingRecords();
    const answer = await this.dataSource.transaction(async (entityManager) => {
      const manager = transactionOf(entityManager);
      const result = await work(manager, recorded);
      await recorded.flush(manager);
      return result;
    });
    if (recorded.hasEvents) this.onCommitted();
    return answer;
  }
}

async function withRetry<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= maxAttempts || !isRetryable(error)) throw error;
    }
  }
}

function isRetryable(error: unknown): boolean {
  return isKeyTaken(error) || retryableStates.has(sqlStateOf(error) ?? '');
}

/** @throws Problem `precondition.failed` when `If-Match` names another version than the present one */
export function refuseStaleVersion(call: Call, version: number): void {
  if (call.ifMatch === undefined || call.ifMatch === version) return;
  throw new Problem(
    'precondition.failed',
    `The resource is at version ${version} now, not ${call.ifMatch}. Read it again before you change it.`,
  );
}
