import { Injectable } from '@nestjs/common';
import {
  formatInstant,
  type InputOf,
  type OutputOf,
  type keysEndedSince,
  type noteKeysUsed,
} from '#contracts';
import { Database, UnitOfWork } from '#persistence';
import { SignInRepository } from '../sign-ins/sign-in.repository.js';
import { ApiKeyRepository } from './api-key.repository.js';

/**
 * Keys are marked as revoked a little before their transaction commits, by clocks that differ a little, so what was
 * revoked shortly before the given instant is listed again. Longer than any transaction may take.
 */
const overlapMs = 30_000;
/** Where more keys were revoked they are not listed: the gateway had better forget all keys. */
const maxRevokedKeys = 1_000;
/** The same for sign-ins, which end more often. Their ids are short, so many of them fit into a message. */
const maxEndedSignIns = 5_000;

/** What gateways exchange with accounts about keys besides authentication; none of it is a change to audit. */
@Injectable()
export class KeyUsageService {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: ApiKeyRepository,
    private readonly signIns: SignInRepository,
  ) {}

  async listRevokedSince({
    since,
  }: InputOf<typeof keysEndedSince>): Promise<OutputOf<typeof keysEndedSince>> {
    const asOf = new Date();
    const from = new Date(Date.parse(since) - overlapMs);
    const [found, ended] = await Promise.all([
      this.keys.findRevokedSince(this.database, from, maxRevokedKeys + 1),
      this.signIns.findEndedSince(this.database, from, maxEndedSignIns + 1),
    ]);
    const complete = found.length <= maxRevokedKeys;
    const listed = complete ? found : [];
    return {
      keys: listed.map((row) => ({ keyId: row.id, keyHash: row.key_hash })),
      complete,
      signInIds: ended.length <= maxEndedSignIns ? ended : null,
      asOf: formatInstant(asOf),
    };
  }

  async recordLastUsed({ keys }: InputOf<typeof noteKeysUsed>): Promise<null> {
    // One id is a key's or a sign-in's, never both.
    const ids = keys.map(({ keyId }) => keyId);
    const instants = keys.map(({ usedAt }) => usedAt);
    await this.unitOfWork.transaction(async (manager) => {
      await this.keys.updateLastUsed(manager, keys);
      await this.signIns.updateLastSeen(manager, ids, instants);
    });
    return null;
  }
}
