import { Injectable } from '@nestjs/common';
import { plainArray, violatedConstraint, type Reader, type Transaction } from '#persistence';
import type { MemberRecord } from './membership-batch.js';

const columns = `id, batch_id AS "batchId", company_id AS "companyId", name, category, corrects, number`;

/** The rows of members, and who is one now. */
@Injectable()
export class MemberRepository {
  /** In the order in which they were added. */
  async listOfBatches(manager: Reader, batchIds: readonly string[]): Promise<MemberRecord[]> {
    return findMembers(manager, batchIds);
  }

  async find(manager: Reader, id: string): Promise<(MemberRecord & { organizationId: string }) | null> {
    const rows = await manager.query(
      `SELECT ${columns}, organization_id AS "organizationId" FROM members WHERE id = $1`,
      [id],
    );
    return (rows as (MemberRecord & { organizationId: string })[])[0] ?? null;
  }

  async isMember(manager: Reader, organizationId: string, companyId: string): Promise<boolean> {
    const rows = (await manager.query(
      `SELECT 1 FROM current_members WHERE organization_id = $1 AND company_id = $2`,
      [organizationId, companyId],
    )) as unknown[];
    return rows.length > 0;
  }

  async insert(manager: Transaction, organizationId: string, member: MemberRecord): Promise<void> {
    await manager.query(
      `INSERT INTO members (id, batch_id, organization_id, company_id, name, category, corrects)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        member.id,
        member.batchId,
        organizationId,
        member.companyId,
        JSON.stringify(member.name),
        member.category,
        member.corrects,
      ],
    );
  }

  async delete(manager: Transaction, id: string): Promise<void> {
    await manager.query(`DELETE FROM members WHERE id = $1`, [id]);
  }

  async number(
    manager: Transaction,
    series: string,
    numbers: readonly { readonly id: string; readonly number: number }[],
  ): Promise<void> {
    await manager.query(
      `UPDATE members SET series = $1, number = given.number
         FROM unnest($2::uuid[], $3::integer[]) AS given (id, number) WHERE members.id = given.id`,
      [series, plainArray(numbers.map(({ id }) => id)), plainArray(numbers.map(({ number }) => number))],
    );
  }

  /** Those whose entries are corrected stop being members by them. */
  async endCorrected(manager: Transaction, corrected: readonly string[]): Promise<void> {
    await manager.query(`DELETE FROM current_members WHERE member_id = ANY ($1::uuid[])`, [
      plainArray(corrected),
    ]);
  }

  async enterCurrent(
    manager: Transaction,
    organizationId: string,
    members: readonly { readonly id: string; readonly companyId: string }[],
  ): Promise<void> {
    const rows = [...members].sort((a, b) => (a.companyId < b.companyId ? -1 : 1));
    await manager.query(
      `INSERT INTO current_members (organization_id, company_id, member_id)
       SELECT $1, * FROM unnest($2::uuid[], $3::uuid[])`,
      [
        organizationId,
        plainArray(rows.map(({ companyId }) => companyId)),
        plainArray(rows.map(({ id }) => id)),
      ],
    );
  }
}

export async function findMembers(manager: Reader, batchIds: readonly string[]): Promise<MemberRecord[]> {
  return (await manager.query(
    `SELECT ${columns} FROM members WHERE batch_id = ANY ($1::uuid[]) ORDER BY id`,
    [plainArray(batchIds)],
  )) as MemberRecord[];
}

export type BrokenMemberRule = 'member' | 'corrected';

const constraints: Readonly<Record<string, BrokenMemberRule>> = {
  current_members_once: 'member',
  members_once_a_batch: 'member',
  members_corrected_once: 'corrected',
};

/** Which rule a database error says was broken; undefined for any other error. */
export function brokenMemberRule(error: unknown): BrokenMemberRule | undefined {
  return constraints[violatedConstraint(error) ?? ''];
}
