import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { newId, type Transaction } from '#persistence';
import { InvitationMailEntity } from './invitation-mail.entity.js';

/** When invitations went out, by hashes of their addresses; nothing is kept for longer than the limit looks back. */
@Injectable()
export class InvitationMailRepository {
  /** Lets invitations of one address go one after the other. @returns when the last ones were sent, oldest first */
  async lockSince(manager: Transaction, email: string, since: Date): Promise<Date[]> {
    const hash = hashOf(email);
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`invitation ${hash}`]);
    await manager.query('DELETE FROM invitation_mails WHERE sent_at <= $1', [since]);
    const rows = (await manager.query(
      'SELECT sent_at FROM invitation_mails WHERE address_hash = $1 ORDER BY sent_at',
      [hash],
    )) as { sent_at: Date }[];
    return rows.map((row) => row.sent_at);
  }

  async insert(manager: Transaction, email: string, at: Date): Promise<void> {
    await manager.insert(InvitationMailEntity, { id: newId(), addressHash: hashOf(email), sentAt: at });
  }
}

function hashOf(email: string): string {
  return createHash('sha256').update(`invitation\n${email}`).digest('base64url');
}
