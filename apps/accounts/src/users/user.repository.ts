import { Injectable } from '@nestjs/common';
import { newId, type Reader, type Transaction } from '#persistence';
import { UserEntity } from './user.entity.js';
import type { UserRecord } from './user.js';

/** The rows of people. */
@Injectable()
export class UserRepository {
  find(manager: Reader, id: string): Promise<UserRecord | null> {
    return manager.findOneBy(UserEntity, { id });
  }

  lock(manager: Transaction, id: string): Promise<UserRecord | null> {
    return manager.findOne(UserEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  findByEmail(manager: Reader, email: string): Promise<UserRecord | null> {
    return manager.findOneBy(UserEntity, { email });
  }

  /**
   * Finds or makes the person with an address, and locks the row, so that it is made once however many ask at once.
   * @param language what a new one gets, and one who never said
   */
  async ensure(
    manager: Transaction,
    email: string,
    language: UserRecord['language'],
    provenAt: Date | null,
  ): Promise<UserRecord> {
    const row = { id: newId(), email, name: null, language, createdAt: new Date(), provenAt };
    await manager.query(
      `INSERT INTO users (id, email, language, created_at, proven_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (email) DO UPDATE SET
         language = coalesce(users.language, excluded.language),
         proven_at = coalesce(users.proven_at, excluded.proven_at)`,
      [row.id, email, language, row.createdAt, provenAt],
    );
    return manager.findOneByOrFail(UserEntity, { email });
  }

  async update(
    manager: Transaction,
    id: string,
    change: Pick<UserRecord, 'name' | 'language'>,
  ): Promise<void> {
    await manager.update(UserEntity, { id }, change);
  }

  /** Erases the person, with all memberships. */
  async delete(manager: Transaction, id: string): Promise<void> {
    await manager.delete(UserEntity, { id });
  }

  /** Erases people without memberships whom nobody has seen since. @returns how many */
  async deleteUnused(manager: Transaction, since: Date, maxUsers: number): Promise<number> {
    const rows = (await manager.query(
      `WITH unused AS (
         SELECT id FROM users
          WHERE created_at < $1
            AND NOT EXISTS (SELECT 1 FROM memberships WHERE user_id = users.id)
            AND NOT EXISTS (SELECT 1 FROM sign_ins WHERE user_id = users.id AND last_seen_at >= $1)
          LIMIT $2 FOR UPDATE SKIP LOCKED),
       ended AS (
         UPDATE sign_ins SET ended_at = now(), user_agent = NULL
          WHERE user_id IN (SELECT id FROM unused) AND ended_at IS NULL),
       gone AS (DELETE FROM users WHERE id IN (SELECT id FROM unused) RETURNING id)
       SELECT id FROM gone`,
      [since, maxUsers],
    )) as unknown[];
    return rows.length;
  }
}
