import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import type { Transaction } from '#persistence';
import { SignInCodeEntity } from './sign-in-code.entity.js';
import type { SignInCodeRecord } from './sign-in-code.js';

/** The rows of mails with codes and links. */
@Injectable()
export class SignInCodeRepository {
  /** Lets those that ask for one address, or from one network, go one after the other, so that limits hold exactly. */
  async lockLimits(manager: Transaction, addressHash: string, network: string): Promise<void> {
    for (const name of [`sign-in address ${addressHash}`, `sign-in network ${network}`])
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
  }

  async timesSince(
    manager: Transaction,
    by: { addressHash: string } | { network: string },
    since: Date,
  ): Promise<Date[]> {
    const rows = await manager.find(SignInCodeEntity, {
      select: { askedAt: true },
      where: { ...by, askedAt: MoreThan(since) },
    });
    return rows.map(({ askedAt }) => askedAt);
  }

  /** Ends what was sent to an address before. */
  async endOlder(manager: Transaction, addressHash: string, now: Date): Promise<void> {
    await manager.query(
      `UPDATE sign_in_codes SET ended_at = $2, email = NULL
        WHERE address_hash = $1 AND used_at IS NULL AND ended_at IS NULL`,
      [addressHash, now],
    );
  }

  async insert(manager: Transaction, code: SignInCodeRecord): Promise<void> {
    await manager.insert(SignInCodeEntity, code);
  }

  /** Takes a mail back that was not sent. */
  async delete(manager: Transaction, id: string): Promise<void> {
    await manager.delete(SignInCodeEntity, { id });
  }

  /** Locks the mails to an address since an instant, the newest first. */
  lockByAddress(manager: Transaction, addressHash: string, since: Date): Promise<SignInCodeRecord[]> {
    return manager.find(SignInCodeEntity, {
      where: { addressHash, askedAt: MoreThan(since) },
      order: { id: 'DESC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  lockByLink(manager: Transaction, linkHash: string): Promise<SignInCodeRecord | null> {
    return manager.findOne(SignInCodeEntity, { where: { linkHash }, lock: { mode: 'pessimistic_write' } });
  }

  async countTry(manager: Transaction, id: string): Promise<void> {
    await manager.query('UPDATE sign_in_codes SET tries = tries + 1 WHERE id = $1', [id]);
  }

  async markUsed(manager: Transaction, id: string, now: Date): Promise<void> {
    await manager.update(SignInCodeEntity, { id }, { usedAt: now, email: null });
  }

  /** Deletes the mails that no limit counts any more. */
  async prune(manager: Transaction, before: Date): Promise<void> {
    await manager.query('DELETE FROM sign_in_codes WHERE asked_at < $1', [before]);
    await manager.query('DELETE FROM operator_links WHERE expires_at < $1', [before]);
  }
}
