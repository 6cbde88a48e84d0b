import { Injectable } from '@nestjs/common';
import {
  formatInstant,
  type InputOf,
  type OutputOf,
  type keysEndedSince,
  type noteKeysUsed,
} from '#contracts';
import { UnitOfWork } from '#persistence';

/**
 * The time of an end is taken before its transaction commits, and by clocks that differ a little: what ended shortly
 * before the time asked for is told again. Longer than any transaction may take, in milliseconds.
 */
const overlapMs = 30_000;
/** More ends than this are not listed: who asks had better forget all keys. */
const endsAtMost = 1_000;

/** What gateways tell and ask of keys beside who they are. None of it is a change that anybody audits. */
@Injectable()
export class KeyUseRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async endedSince({ since }: InputOf<typeof keysEndedSince>): Promise<OutputOf<typeof keysEndedSince>> {
    const asOf = new Date();
    const rows = (await this.unitOfWork.dataSource.query(
      `SELECT id, key_hash FROM api_keys WHERE deleted_at > $1 ORDER BY deleted_at LIMIT ${endsAtMost + 1}`,
      [new Date(Date.parse(since) - overlapMs)],
    )) as { id: string; key_hash: string }[];
    const complete = rows.length <= endsAtMost;
    const listed = complete ? rows : [];
    return {
      keyHashes: listed.map((row) => row.key_hash),
      keyIds: listed.map((row) => row.id),
      complete,
      asOf: formatInstant(asOf),
    };
  }

  async noteUsed({ keys }: InputOf<typeof noteKeysUsed>): Promise<null> {
    await this.unitOfWork.dataSource.query(
      `UPDATE api_keys SET last_used_at = used.at
         FROM unnest($1::uuid[], $2::timestamptz[]) AS used (id, at)
        WHERE api_keys.id = used.id AND (last_used_at IS NULL OR last_used_at < used.at)`,
      [keys.map((key) => key.keyId), keys.map((key) => key.usedAt)],
    );
    return null;
  }
}
