import { Injectable } from '@nestjs/common';
import { formatInstant, notFound } from '#contracts';
import { plainArray, violatedConstraint, type Reader, type Transaction } from '#persistence';
import type { PlanRecord, PlanResult } from './plan.js';

type Row = Omit<PlanRecord, 'createdAt'> & { createdAt: Date };

const columns = `id, stop_id AS "stopId", organization_id AS "organizationId", status, seed, steps, seconds, locked,
  basis, progress, result, created_at AS "createdAt", version`;

/** A plan that this process computes until the time is up, unless it renews it. */
export interface Lease {
  readonly worker: string;
  readonly ms: number;
}

/** The rows of plans. */
@Injectable()
export class PlanRepository {
  async find(manager: Reader, id: string): Promise<PlanRecord> {
    const rows = (await manager.query(`SELECT ${columns} FROM plans WHERE id = $1`, [id])) as Row[];
    return onlyOne(rows);
  }

  async lock(manager: Transaction, id: string): Promise<PlanRecord> {
    const rows = (await manager.query(`SELECT ${columns} FROM plans WHERE id = $1 FOR UPDATE`, [
      id,
    ])) as Row[];
    return onlyOne(rows);
  }

  async list(
    manager: Reader,
    stopId: string,
    { after, take }: { after: string | null; take: number },
  ): Promise<PlanRecord[]> {
    const rows = (await manager.query(
      `SELECT ${columns} FROM plans WHERE stop_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
      [stopId, after, take],
    )) as Row[];
    return rows.map(recordOf);
  }

  async insert(manager: Transaction, plan: PlanRecord): Promise<void> {
    await manager.query(
      `INSERT INTO plans (id, stop_id, organization_id, status, seed, steps, seconds, locked, progress, created_at, version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        plan.id,
        plan.stopId,
        plan.organizationId,
        plan.status,
        plan.seed,
        plan.steps,
        plan.seconds,
        plainArray(plan.locked),
        JSON.stringify(plan.progress),
        plan.createdAt,
        plan.version,
      ],
    );
  }

  async saveStatus(manager: Transaction, { id, status, version }: PlanRecord): Promise<void> {
    await manager.query('UPDATE plans SET status = $2, version = $3 WHERE id = $1', [id, status, version]);
  }

  /** Takes the oldest plan that nobody computes, for a time. Others' locks are passed over. */
  async take(
    manager: Transaction,
    { worker, ms }: Lease,
  ): Promise<{ plan: PlanRecord; attempts: number } | null> {
    const [row] = (await manager.query(
      `WITH taken AS (
         UPDATE plans SET worker = $1, leased_until = now() + make_interval(secs => $2), attempts = attempts + 1
          WHERE id = (SELECT id FROM plans
                       WHERE status = 'computing' AND (leased_until IS NULL OR leased_until < now())
                       ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING *)
       SELECT ${columns}, attempts FROM taken`,
      [worker, ms / 1_000],
    )) as (Row & { attempts: number })[];
    if (row === undefined) return null;
    const { attempts, ...plan } = row;
    return { plan: recordOf(plan), attempts };
  }

  /** For how long the oldest plan has waited that nobody computes; 0 where none does. */
  async oldestWaitMs(manager: Reader): Promise<number> {
    const [row] = (await manager.query(
      `SELECT coalesce(extract(epoch FROM now() - min(greatest(created_at, leased_until))) * 1000, 0)::float8 AS ms
         FROM plans WHERE status = 'computing' AND (leased_until IS NULL OR leased_until < now())`,
    )) as { ms: number }[];
    return Math.max(row?.ms ?? 0, 0);
  }

  /** Forgets plans that were never accepted. @returns how many */
  async prune(manager: Transaction, before: Date, take: number): Promise<number> {
    const [, count] = (await manager.query(
      `DELETE FROM plans WHERE id IN (SELECT id FROM plans
         WHERE status IN ('ready', 'rejected', 'failed') AND created_at < $1 ORDER BY created_at LIMIT $2)`,
      [before, take],
    )) as [unknown, number];
    return count;
  }

  /** Keeps how far a plan is, and the plan for this process. @returns false once it is no longer this process's */
  async renew(
    manager: Transaction,
    id: string,
    { worker, ms }: Lease,
    progress: PlanRecord['progress'],
  ): Promise<boolean> {
    const rows = (await manager.query(
      `WITH renewed AS (
         UPDATE plans SET progress = $4, leased_until = now() + make_interval(secs => $3)
          WHERE id = $1 AND worker = $2 AND status = 'computing' RETURNING id)
       SELECT id FROM renewed`,
      [id, worker, ms / 1_000, JSON.stringify(progress)],
    )) as unknown[];
    return rows.length > 0;
  }

  /** Returns a plan to the queue; this attempt does not count. */
  async release(manager: Transaction, id: string, worker: string): Promise<void> {
    await manager.query(
      `UPDATE plans SET leased_until = NULL, attempts = attempts - 1
        WHERE id = $1 AND worker = $2 AND status = 'computing'`,
      [id, worker],
    );
  }

  /** Keeps what came of it, or that nothing did, unless it was cancelled meanwhile. */
  async finish(
    manager: Transaction,
    id: string,
    worker: string,
    outcome: { basis: string; progress: PlanRecord['progress']; result: PlanResult } | null,
  ): Promise<void> {
    const [status, basis, progress, result] =
      outcome === null
        ? ['failed', null, null, null]
        : ['ready', outcome.basis, JSON.stringify(outcome.progress), JSON.stringify(outcome.result)];
    await manager.query(
      `UPDATE plans SET status = $3, basis = $4, progress = coalesce($5::jsonb, progress), result = $6,
         version = version + 1 WHERE id = $1 AND worker = $2 AND status = 'computing'`,
      [id, worker, status, basis, progress, result],
    );
  }

  /** The versions of all that decides a stop's plan: rules, attendances, and the meetings that want a place. */
  async basisOf(manager: Reader, stopId: string): Promise<string> {
    const [row] = (await manager.query(
      `SELECT concat_ws('/',
         (SELECT version FROM meeting_rules WHERE stop_id = $1),
         (SELECT encode(sha256(convert_to(string_agg(id || ':' || version, ',' ORDER BY id), 'UTF8')), 'hex')
            FROM meetings WHERE stop_id = $1 AND status IN ('accepted', 'scheduled')),
         (SELECT encode(sha256(convert_to(string_agg(company_id || ':' || version, ',' ORDER BY company_id), 'UTF8')), 'hex')
            FROM meeting_attendances WHERE stop_id = $1)) AS basis`,
      [stopId],
    )) as { basis: string }[];
    return row?.basis ?? '';
  }
}

/** Whether a database error says that a plan of this stop is being computed. */
export function isRunning(error: unknown): boolean {
  return violatedConstraint(error) === 'plans_one_computing';
}

function onlyOne(rows: readonly Row[]): PlanRecord {
  const [row] = rows;
  if (row === undefined) throw notFound('plan');
  return recordOf(row);
}

function recordOf(row: Row): PlanRecord {
  return { ...row, createdAt: formatInstant(row.createdAt) };
}
