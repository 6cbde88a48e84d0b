import { Injectable } from '@nestjs/common';
import {
  formatInstant,
  type InputOf,
  type OutputOf,
  type keysEndedSince,
  type noteKeysUsed,
} from '#contracts';
import { Database, UnitOfWork } from '#persistence';
import { ApiKeyRepository } from './api-key.repository.js';

/**
 * Keys are marked as revoked a little before their transaction commits, by clocks that differ a little, so what was
 * revoked shortly before the given instant is listed again. Longer than any transaction may take.
 */
const overlapMs = 30_000;
/** Where more keys were revoked they are not listed: the gateway had better forget all keys. */
const maxRevokedKeys = 1_000;

/** What gateways exchange with accounts about keys besides authentication; none of it is a change to audit. */
@Injectable()
export class KeyUsageService {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: ApiKeyRepository,
  ) {}

  async listRevokedSince({
    since,
  }: InputOf<typeof keysEndedSince>): Promise<OutputOf<typeof keysEndedSince>> {
    const asOf = new Date();
    const from = new Date(Date.parse(since) - overlapMs);
    const found = await this.keys.findRevokedSince(this.database, from, maxRevokedKeys + 1);
    const complete = found.length <= maxRevokedKeys;
    const listed = complete ? found : [];
    return {
      keys: listed.map((row) => ({ keyId: row.id, keyHash: row.key_hash })),
      complete,
      asOf: formatInstant(asOf),
    };
  }

  async recordLastUsed({ keys }: InputOf<typeof noteKeysUsed>): Promise<null> {
    await this.unitOfWork.transaction((manager) => this.keys.updateLastUsed(manager, keys));
    return null;
  }
}
