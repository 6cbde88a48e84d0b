import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import type { Reader, Transaction } from '#persistence';
import { SignInEntity } from './sign-in.entity.js';
import type { LiveSignIn, SignInRecord, SignInScope } from './sign-in.js';

/** What sign-ins are ended by: one, all of a person, those that act as a membership, or were made with a key or pass. */
export type EndedBy =
  | { id: string }
  | { userId: string }
  | { membershipId: string }
  | { apiKeyId: string }
  | { doorPassId: string };

const live = `
  SELECT s.id, s.token_hash AS "tokenHash",
         coalesce(m.role, k.role, CASE WHEN p.id IS NOT NULL THEN 'staff' END) AS role,
         coalesce(m.organization_id, k.organization_id, p.organization_id) AS "organizationId",
         coalesce(m.company_id, k.company_id) AS "companyId",
         coalesce(m.stop_id, k.stop_id, p.stop_id) AS "stopId",
         least(s.expires_at, k.expires_at, p.expires_at) AS "expiresAt",
         s.expires_at AS "cookieExpiresAt", s.door_pass_id AS "doorPassId",
         s.user_id AS "userId", coalesce(s.api_key_id, s.door_pass_id) AS "madeWith"
    FROM sign_ins s
         LEFT JOIN memberships m ON m.id = s.membership_id AND m.joined_at IS NOT NULL
         LEFT JOIN api_keys k ON k.id = s.api_key_id AND k.deleted_at IS NULL
         LEFT JOIN door_passes p ON p.id = s.door_pass_id AND p.deleted_at IS NULL
   WHERE s.token_hash = ANY($1::text[]) AND s.ended_at IS NULL
     AND (s.api_key_id IS NULL OR k.id IS NOT NULL)
     AND (s.door_pass_id IS NULL OR p.id IS NOT NULL)
     AND (s.user_id IS NULL OR EXISTS (SELECT 1 FROM users WHERE users.id = s.user_id))
     AND least(s.expires_at, k.expires_at, p.expires_at) > $2`;

/** The rows of sign-ins. An ended one keeps its row for a while, since gateways ask what has ended. */
@Injectable()
export class SignInRepository {
  async insert(manager: Transaction, signIn: SignInRecord): Promise<void> {
    await manager.insert(SignInEntity, signIn);
  }

  /** The live sign-ins with these hashes, with what each of them stands for now. */
  findLive(manager: Reader, tokenHashes: readonly string[], now: Date): Promise<LiveSignIn[]> {
    return manager.query(live, [tokenHashes, now]);
  }

  find(manager: Reader, id: string): Promise<SignInRecord | null> {
    return manager.findOneBy(SignInEntity, { id });
  }

  /** Locks a sign-in that has not ended. */
  lock(manager: Transaction, id: string): Promise<SignInRecord | null> {
    return manager.findOne(SignInEntity, {
      where: { id, endedAt: IsNull() },
      lock: { mode: 'pessimistic_write' },
    });
  }

  list(
    manager: Reader,
    scope: SignInScope,
    now: Date,
    afterId: string | null,
    maxSignIns: number,
  ): Promise<SignInRecord[]> {
    const query = manager
      .createQueryBuilder(SignInEntity, 'one')
      .where({ ...scope, endedAt: IsNull(), expiresAt: MoreThan(now) })
      .orderBy('one.id')
      .take(maxSignIns);
    if (afterId !== null) query.andWhere('one.id > :afterId', { afterId });
    return query.getMany();
  }

  /** Ends the sign-ins that are live. @returns their ids */
  async end(manager: Transaction, by: EndedBy, at: Date): Promise<string[]> {
    const { raw } = await manager
      .createQueryBuilder()
      .update(SignInEntity)
      .set({ endedAt: at })
      .where({ ...by, endedAt: IsNull() })
      .returning('id')
      .execute();
    return (raw as { id: string }[]).map(({ id }) => id);
  }

  /** Lets nothing of a person stay in the rows that outlive it. */
  async blank(manager: Transaction, userId: string): Promise<void> {
    await manager.update(SignInEntity, { userId }, { userAgent: null });
  }

  /** Lets the live sign-ins of some door passes last as long as these. @returns their ids */
  async follow(manager: Transaction, doorPassIds: readonly string[], expiresAt: Date): Promise<string[]> {
    const [rows] = (await manager.query(
      `UPDATE sign_ins SET expires_at = $2
        WHERE door_pass_id = ANY($1::uuid[]) AND ended_at IS NULL RETURNING id`,
      [doorPassIds, expiresAt],
    )) as [{ id: string }[], number];
    return rows.map(({ id }) => id);
  }

  async findEndedSince(manager: Reader, since: Date, maxSignIns: number): Promise<string[]> {
    const rows = (await manager.query(
      'SELECT id FROM sign_ins WHERE ended_at > $1 ORDER BY ended_at LIMIT $2',
      [since, maxSignIns],
    )) as { id: string }[];
    return rows.map(({ id }) => id);
  }

  async updateLastSeen(
    manager: Transaction,
    ids: readonly string[],
    instants: readonly string[],
  ): Promise<void> {
    await manager.query(
      `UPDATE sign_ins SET last_seen_at = seen.at
         FROM unnest($1::uuid[], $2::timestamptz[]) AS seen (id, at)
        WHERE sign_ins.id = seen.id AND last_seen_at < seen.at`,
      [ids, instants],
    );
  }

  /** Deletes rows that ended or expired before an instant. @returns how many */
  async prune(manager: Transaction, before: Date, maxRows: number): Promise<number> {
    const rows = (await manager.query(
      `WITH old AS (
         SELECT id FROM sign_ins WHERE expires_at < $1 OR ended_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED),
       gone AS (DELETE FROM sign_ins WHERE id IN (SELECT id FROM old) RETURNING id)
       SELECT id FROM gone`,
      [before, maxRows],
    )) as unknown[];
    return rows.length;
  }
}
