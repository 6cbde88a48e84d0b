import type { DataSource, EntityManager } from 'typeorm';
import { Problem, type Call, type DataOf, type EventContract } from '#contracts';
import { findReplays, lockIdempotencyKey } from './idempotency.js';
import { RecordedChanges, isKeyTaken, type AuditEntry } from './recorded-changes.js';
import { PipelinedTransaction } from './sql.js';

/** A transaction under way, with what it records beside its own rows. */
export interface Change {
  readonly manager: EntityManager;
  emit<C extends EventContract>(contract: C, aggregateId: string, data: DataOf<C>): void;
  audit(entry: AuditEntry): void;
}

/** Deadlocks, serialization failures and lock time-outs pass when tried again. */
const passing = new Set(['40001', '40P01', '55P03']);
const attemptsAtMost = 4;

/** Runs changes: rows + outbox + audit + idempotency record in ONE transaction, or nothing at all. */
export class Writes {
  constructor(
    readonly dataSource: DataSource,
    /** Wakes the relay: called after each commit that left events. */
    private readonly onCommitted: () => void,
  ) {}

  /**
   * Runs a caller's change, or gives back the answer that the same request got before.
   * @param change decides and saves; throws a `Problem` to refuse, and then nothing stays
   * @param resourceId finds the kept answer again when personal data in it must be erased
   */
  async run<T>(
    call: Call & { replayed?: boolean },
    change: (tx: Change) => Promise<T>,
    resourceId: (answer: T) => string | null = () => null,
  ): Promise<T> {
    return this.transaction(async (manager, recorded) => {
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
      recorded.keepAnswer(call, answer, resourceId(answer));
      return answer;
    });
  }

  /** One transaction with its records; tried again when the database says that another try will do. */
  async transaction<T>(work: (manager: EntityManager, recorded: RecordedChanges) => Promise<T>): Promise<T> {
    return untilItPasses(() => this.attempt(work));
  }

  /** The same for a hot path, in SQL alone: see `PipelinedTransaction`. */
  async pipelined<T>(work: (sql: PipelinedTransaction, recorded: RecordedChanges) => Promise<T>): Promise<T> {
    return untilItPasses(async () => {
      const recorded = new RecordedChanges();
      const answer = await PipelinedTransaction.run(this.dataSource, async (sql) => {
        const result = await work(sql, recorded);
        for (const { text, values } of recorded.statements()) sql.send(text, values);
        return result;
      });
      if (recorded.hasEvents) this.onCommitted();
      return answer;
    });
  }

  private async attempt<T>(
    work: (manager: EntityManager, recorded: RecordedChanges) => Promise<T>,
  ): Promise<T> {
    const recorded = new RecordedChanges();
    const answer = await this.dataSource.transaction(async (manager) => {
      const result = await work(manager, recorded);
      await recorded.flush(manager);
      return result;
    });
    if (recorded.hasEvents) this.onCommitted();
    return answer;
  }
}

async function untilItPasses<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= attemptsAtMost || !passesWhenRepeated(error)) throw error;
    }
  }
}

function passesWhenRepeated(error: unknown): boolean {
  return isKeyTaken(error) || passing.has(sqlStateOf(error) ?? '');
}

/** The SQLSTATE of a database error, or undefined for any other. */
export function sqlStateOf(error: unknown): string | undefined {
  const code = (error as { driverError?: { code?: unknown } } | null)?.driverError?.code;
  return typeof code === 'string' ? code : undefined;
}

/** The constraint that a database error names: how a repository learns which rule was broken. */
export function violatedConstraint(error: unknown): string | undefined {
  const driver = (error as { driverError?: { constraint?: unknown } } | null)?.driverError;
  return typeof driver?.constraint === 'string' ? driver.constraint : undefined;
}

/** @throws Problem `precondition.failed` when `If-Match` names another version than the present one */
export function refuseStaleVersion(call: Call, version: number): void {
  if (call.ifMatch === undefined || call.ifMatch === version) return;
  throw new Problem(
    'precondition.failed',
    `The resource is at version ${version} now, not ${call.ifMatch}. Read it again before you change it.`,
  );
}
