import { Injectable } from '@nestjs/common';
import { Brackets, In, IsNull } from 'typeorm';
import {
  instantArray,
  plainArray,
  textArray,
  type PipelinedTransaction,
  type Reader,
  type Transaction,
} from '#persistence';
import { ApiKeyEntity } from './api-key.entity.js';
import type { ApiKeyRecord, KeyOwner } from './api-key.js';

/** Keeps replicas that start at once from installing the environment's keys side by side; an arbitrary number. */
const environmentKeysLock = 7_246_111;

const insertCompanyKeys = `
  INSERT INTO api_keys (id, key_hash, role, label, company_id, created_at)
  SELECT id, hash, 'company', label, company, at
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::timestamptz[])
      AS key (id, hash, label, company, at)`;

/** The rows of API keys. A revoked key keeps its row, so that a repeated request still finds what it made. */
@Injectable()
export class ApiKeyRepository {
  async insert(manager: Transaction, key: ApiKeyRecord): Promise<void> {
    await manager.insert(ApiKeyEntity, key);
  }

  /** Inserts keys of companies that do not expire. */
  sendCompanyKeys(sql: PipelinedTransaction, keys: readonly ApiKeyRecord[]): void {
    if (keys.length === 0) return;
    sql.send(insertCompanyKeys, [
      plainArray(keys.map(({ id }) => id)),
      textArray(keys.map(({ keyHash }) => keyHash)),
      textArray(keys.map(({ label }) => label)),
      plainArray(keys.map(({ companyId }) => companyId)),
      instantArray(keys.map(({ createdAt }) => createdAt)),
    ]);
  }

  /** The keys of an owner that were not revoked, oldest first, after one of them. */
  list(manager: Reader, owner: KeyOwner, afterId: string | null, maxKeys: number): Promise<ApiKeyRecord[]> {
    const query = manager
      .createQueryBuilder(ApiKeyEntity, 'key')
      .where('key.deletedAt IS NULL')
      .orderBy('key.id')
      .take(maxKeys);
    if (owner !== null) query.andWhere(new Brackets((own) => own.where(owner)));
    if (afterId !== null) query.andWhere('key.id > :afterId', { afterId });
    return query.getMany();
  }

  /** One key of an owner; `null` where it has no such key or the key was revoked. */
  find(manager: Reader, owner: KeyOwner, id: string): Promise<ApiKeyRecord | null> {
    return manager.findOneBy(ApiKeyEntity, { id, deletedAt: IsNull(), ...owner });
  }

  /** Locks a key that was not revoked, of a company all of its keys: whether one may go depends on the others. */
  lockWithSiblings(
    manager: Transaction,
    { id, companyId }: Pick<ApiKeyRecord, 'id' | 'companyId'>,
  ): Promise<ApiKeyRecord[]> {
    return manager.find(ApiKeyEntity, {
      where: { deletedAt: IsNull(), ...(companyId === null ? { id } : { companyId }) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /** The keys with these hashes that were not revoked. */
  findByHashes(manager: Reader, keyHashes: readonly string[]): Promise<ApiKeyRecord[]> {
    return manager.findBy(ApiKeyEntity, { keyHash: In([...keyHashes]), deletedAt: IsNull() });
  }

  /** A key that was not revoked. */
  findLive(manager: Reader, id: string): Promise<ApiKeyRecord | null> {
    return manager.findOneBy(ApiKeyEntity, { id, deletedAt: IsNull() });
  }

  /** Waits until no other transaction installs the keys of the environment. */
  async lockEnvironmentKeys(manager: Transaction): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock($1)', [environmentKeysLock]);
  }

  /** The keys of the environment with one role that were not revoked. */
  findOfEnvironment(manager: Transaction, role: 'admin' | 'organizer'): Promise<ApiKeyRecord[]> {
    return manager.findBy(ApiKeyEntity, { fromEnvironment: true, role, deletedAt: IsNull() });
  }

  async markRevoked(manager: Transaction, id: string, at: Date): Promise<void> {
    await manager.update(ApiKeyEntity, { id }, { deletedAt: at });
  }

  async deleteByHash(manager: Transaction, keyHash: string): Promise<void> {
    await manager.delete(ApiKeyEntity, { keyHash });
  }

  /** The keys that were revoked after an instant, the first of them first. */
  findRevokedSince(
    manager: Reader,
    since: Date,
    maxKeys: number,
  ): Promise<{ id: string; key_hash: string }[]> {
    return manager.query(
      'SELECT id, key_hash FROM api_keys WHERE deleted_at > $1 ORDER BY deleted_at LIMIT $2',
      [since, maxKeys],
    );
  }

  async updateLastUsed(
    manager: Transaction,
    keys: readonly { keyId: string; usedAt: string }[],
  ): Promise<void> {
    await manager.query(
      `UPDATE api_keys SET last_used_at = used.at
         FROM unnest($1::uuid[], $2::timestamptz[]) AS used (id, at)
        WHERE api_keys.id = used.id AND (last_used_at IS NULL OR last_used_at < used.at)`,
      [keys.map((key) => key.keyId), keys.map((key) => key.usedAt)],
    );
  }
}
