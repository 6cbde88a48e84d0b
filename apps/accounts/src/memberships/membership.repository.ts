import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';
import { newId, type Reader, type Transaction } from '#persistence';
import { MembershipEntity } from './membership.entity.js';
import type { MembershipGrant, MembershipRecord, MembersOwner } from './membership.js';

/** A membership with its person's address and name. */
export interface MemberRow {
  membership: MembershipRecord;
  email: string;
  name: string | null;
}

const returned = `id, user_id AS "userId", role, organization_id AS "organizationId", company_id AS "companyId",
  stop_id AS "stopId", created_at AS "createdAt", joined_at AS "joinedAt", last_used_at AS "lastUsedAt"`;

/** The rows of memberships. */
@Injectable()
export class MembershipRepository {
  /** Makes a membership unless the person has it. @returns the new one; `undefined` where it was there */
  async insertNew(
    manager: Transaction,
    userId: string,
    grant: MembershipGrant,
    joinedAt: Date | null,
  ): Promise<MembershipRecord | undefined> {
    const { role, organizationId, companyId, stopId } = grant;
    const [made] = (await manager.query(
      `INSERT INTO memberships (id, user_id, role, organization_id, company_id, stop_id, created_at, joined_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT ON CONSTRAINT memberships_once DO NOTHING RETURNING ${returned}`,
      [newId(), userId, role, organizationId, companyId, stopId, new Date(), joinedAt],
    )) as MembershipRecord[];
    return made;
  }

  async findSame(manager: Reader, userId: string, grant: MembershipGrant): Promise<MembershipRecord | null> {
    const { role, organizationId, companyId, stopId } = grant;
    return manager.findOneBy(MembershipEntity, {
      userId,
      role,
      organizationId: organizationId ?? IsNull(),
      companyId: companyId ?? IsNull(),
      stopId: stopId ?? IsNull(),
    });
  }

  /** Lets a person join all that it was invited to. @returns what it joined */
  async joinAll(manager: Transaction, userId: string, now: Date): Promise<MembershipRecord[]> {
    const [rows] = (await manager.query(
      `UPDATE memberships SET joined_at = $2 WHERE user_id = $1 AND joined_at IS NULL RETURNING ${returned}`,
      [userId, now],
    )) as [MembershipRecord[], number];
    return rows;
  }

  /** Makes a person a member of the companies whose contact address it has proven. @returns the new memberships */
  async claimCompanies(
    manager: Transaction,
    userId: string,
    email: string,
    now: Date,
  ): Promise<MembershipRecord[]> {
    const companies = (await manager.query(
      `SELECT id FROM companies WHERE contact ->> 'email' = $1 ORDER BY id`,
      [email],
    )) as { id: string }[];
    const claimed: MembershipRecord[] = [];
    for (const { id } of companies) {
      const grant = { role: 'company' as const, organizationId: null, companyId: id, stopId: null };
      const made = await this.insertNew(manager, userId, grant, now);
      if (made !== undefined) claimed.push(made);
    }
    return claimed;
  }

  ofUser(manager: Reader, userId: string): Promise<MembershipRecord[]> {
    return manager.find(MembershipEntity, { where: { userId }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  find(manager: Reader, owner: MembersOwner, id: string): Promise<MembershipRecord | null> {
    return manager.findOneBy(MembershipEntity, { id, ...owner });
  }

  /** Locks all memberships of an owner: whether one may go depends on the others. */
  lockAll(manager: Transaction, owner: MembersOwner): Promise<MembershipRecord[]> {
    return manager.find(MembershipEntity, {
      where: owner,
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /** The members of an owner, oldest first, after one of them. */
  async list(
    manager: Reader,
    owner: MembersOwner,
    afterId: string | null,
    maxMembers: number,
  ): Promise<MemberRow[]> {
    const [column, value] =
      'companyId' in owner ? ['company_id', owner.companyId] : ['organization_id', owner.organizationId];
    const rows = (await manager.query(
      `SELECT m.*, u.email, u.name
         FROM (SELECT ${returned} FROM memberships
                WHERE ${column} = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3) m
              JOIN users u ON u.id = m."userId"
        ORDER BY m.id`,
      [value, afterId, maxMembers],
    )) as (MembershipRecord & { email: string; name: string | null })[];
    return rows.map(({ email, name, ...membership }) => ({ membership, email, name }));
  }

  /** Whether anybody has joined a company. */
  async companyHasMember(manager: Reader, companyId: string): Promise<boolean> {
    return manager.existsBy(MembershipEntity, { companyId, joinedAt: Not(IsNull()) });
  }

  async markUsed(manager: Transaction, id: string, at: Date): Promise<void> {
    await manager.update(MembershipEntity, { id }, { lastUsedAt: at });
  }

  async delete(manager: Transaction, id: string): Promise<void> {
    await manager.delete(MembershipEntity, { id });
  }

  /** Deletes invitations that nobody followed. @returns how many */
  async pruneInvitations(manager: Transaction, before: Date): Promise<number> {
    const { affected } = await manager
      .createQueryBuilder()
      .delete()
      .from(MembershipEntity)
      .where('joined_at IS NULL AND created_at < :before', { before })
      .execute();
    return affected ?? 0;
  }
}
