import { Injectable } from '@nestjs/common';
import { formatInstant, notFound, type FollowUpStage, type FollowUpStep, type StepStage } from '#contracts';
import { plainArray, type Reader, type Transaction } from '#persistence';
import { organizerParty, type FollowUpRecord } from './follow-up.js';

interface Row {
  id: string;
  stopId: string;
  tourId: string;
  organizationId: string;
  meetingId: string | null;
  companyA: string;
  companyB: string;
  subject: string;
  stage: FollowUpStage;
  createdAt: Date;
  version: number;
}

interface StepRow {
  followUpId: string;
  n: number;
  stage: StepStage;
  note: string | null;
  amount: string | null;
  saidBy: string | null;
  at: Date;
  confirmedBy: string | null;
  confirmedAt: Date | null;
}

const columns = `id, stop_id AS "stopId", tour_id AS "tourId", organization_id AS "organizationId",
  meeting_id AS "meetingId", company_a AS "companyA", company_b AS "companyB", subject, stage,
  created_at AS "createdAt", version`;
const stepColumns = `follow_up_id AS "followUpId", n, stage, note, amount, said_by AS "saidBy", at,
  confirmed_by AS "confirmedBy", confirmed_at AS "confirmedAt"`;

/** Whether a follow-up of another stop goes on at the stop $7: it is not over, and both companies come. */
const carried = `(stop_id <> $7 AND stage NOT IN ('delivered', 'ended')
  AND tour_id = (SELECT tour_id FROM stops WHERE id = $7)
  AND EXISTS (SELECT FROM registrations AS one
                WHERE one.confirmed AND one.stop_id = $7 AND one.company_id = company_a)
  AND EXISTS (SELECT FROM registrations AS other
                WHERE other.confirmed AND other.stop_id = $7 AND other.company_id = company_b))`;

export interface FollowUpFilter {
  readonly organizationId: string | null;
  readonly companyId: string | null;
  readonly stopId: string | null;
  /** A stop to which both companies come, and of whose tour another stop the follow-up is. */
  readonly carriedTo: string | null;
  readonly stages: readonly FollowUpStage[] | null;
  readonly after: string | null;
  readonly take: number;
}

/** The rows of follow-ups and their steps. */
@Injectable()
export class FollowUpRepository {
  async find(manager: Reader, id: string): Promise<FollowUpRecord | null> {
    return (await findFollowUps(manager, [id]))[0] ?? null;
  }

  async lock(manager: Transaction, id: string): Promise<FollowUpRecord> {
    const locked = (await manager.query(`SELECT 1 FROM follow_ups WHERE id = $1 FOR UPDATE`, [
      id,
    ])) as unknown[];
    const found = locked.length === 0 ? null : await this.find(manager, id);
    if (found === null) throw notFound('follow-up');
    return found;
  }

  async list(manager: Reader, filter: FollowUpFilter): Promise<FollowUpRecord[]> {
    const { organizationId, companyId, stopId, carriedTo, stages, after, take } = filter;
    const rows = (await manager.query(
      `SELECT ${columns} FROM follow_ups
        WHERE ($1::uuid IS NULL OR organization_id = $1) AND ($2::uuid IS NULL OR $2 IN (company_a, company_b))
          AND ($3::uuid IS NULL OR stop_id = $3) AND ($4::text[] IS NULL OR stage = ANY ($4))
          AND ($5::uuid IS NULL OR id > $5) AND ($7::uuid IS NULL OR ${carried}) ORDER BY id LIMIT $6`,
      [organizationId, companyId, stopId, stages && plainArray(stages), after, take, carriedTo],
    )) as Row[];
    return withSteps(manager, rows);
  }

  async insert(manager: Transaction, followUp: FollowUpRecord): Promise<void> {
    await manager.query(
      `INSERT INTO follow_ups (id, stop_id, tour_id, organization_id, meeting_id, company_a, company_b, subject, stage,
                               created_at, version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        followUp.id,
        followUp.stopId,
        followUp.tourId,
        followUp.organizationId,
        followUp.meetingId,
        followUp.companies[0],
        followUp.companies[1],
        followUp.subject,
        followUp.stage,
        followUp.createdAt,
        followUp.version,
      ],
    );
  }

  /** Saves the stage and the one step that changed. */
  async save(
    manager: Transaction,
    { id, stage, version }: FollowUpRecord,
    step: FollowUpStep,
  ): Promise<void> {
    await manager.query(`UPDATE follow_ups SET stage = $2, version = $3 WHERE id = $1`, [id, stage, version]);
    await manager.query(
      `INSERT INTO follow_up_steps (follow_up_id, n, stage, note, amount, said_by, at, confirmed_by, confirmed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (follow_up_id, n) DO UPDATE SET confirmed_by = excluded.confirmed_by,
         confirmed_at = excluded.confirmed_at`,
      [
        id,
        step.n,
        step.stage,
        step.note,
        step.amount,
        step.by === organizerParty ? null : step.by,
        step.at,
        step.confirmedBy,
        step.confirmedAt,
      ],
    );
  }
}

export async function findFollowUps(manager: Reader, ids: readonly string[]): Promise<FollowUpRecord[]> {
  const rows = (await manager.query(
    `SELECT ${columns} FROM follow_ups WHERE id = ANY ($1::uuid[]) ORDER BY id`,
    [plainArray(ids)],
  )) as Row[];
  return withSteps(manager, rows);
}

async function withSteps(manager: Reader, rows: readonly Row[]): Promise<FollowUpRecord[]> {
  const steps = (await manager.query(
    `SELECT ${stepColumns} FROM follow_up_steps WHERE follow_up_id = ANY ($1::uuid[]) ORDER BY follow_up_id, n`,
    [plainArray(rows.map(({ id }) => id))],
  )) as StepRow[];
  const byId = Map.groupBy(steps, ({ followUpId }) => followUpId);
  return rows.map(({ companyA, companyB, createdAt, ...row }) => ({
    ...row,
    companies: [companyA, companyB],
    createdAt: formatInstant(createdAt),
    steps: (byId.get(row.id) ?? []).map(stepOf),
  }));
}

function stepOf({
  followUpId: _followUpId,
  saidBy,
  amount,
  at,
  confirmedAt,
  ...step
}: StepRow): FollowUpStep {
  return {
    ...step,
    amount: amount === null ? null : Number(amount),
    by: saidBy ?? organizerParty,
    at: formatInstant(at),
    confirmedAt: confirmedAt && formatInstant(confirmedAt),
  };
}
