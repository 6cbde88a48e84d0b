import { Injectable } from '@nestjs/common';
import type { TransactionContext } from '#persistence';
import type { UserRecord } from '../users/user.js';
import { auditedMembership, chooseMembership, type MembershipRecord } from './membership.js';
import { MembershipRepository } from './membership.repository.js';

/** What memberships mean for somebody who signs in. */
@Injectable()
export class MembershipService {
  constructor(private readonly memberships: MembershipRepository) {}

  /**
   * Within the transaction of a sign-in: lets the person join what it was invited to, and the companies whose contact
   * address it has proven.
   * @returns what the sign-in acts as; `null` without memberships
   */
  async enter(tx: TransactionContext, { id, email }: UserRecord): Promise<string | null> {
    const now = new Date();
    const joined = await this.memberships.joinAll(tx.manager, id, now);
    const claimed = await this.memberships.claimCompanies(tx.manager, id, email, now);
    for (const one of [...joined, ...claimed]) recordMember(tx, 'member.join', one);
    const chosen = chooseMembership(await this.memberships.ofUser(tx.manager, id));
    if (chosen === undefined) return null;
    await this.memberships.markUsed(tx.manager, chosen.id, now);
    return chosen.id;
  }
}

export function recordMember(
  tx: Pick<TransactionContext, 'audit'>,
  action: 'member.invite' | 'member.join' | 'member.remove',
  membership: MembershipRecord,
): void {
  const shown = auditedMembership(membership);
  tx.audit({
    resourceType: 'member',
    resourceId: membership.id,
    action,
    organizationId: membership.organizationId,
    before: action === 'member.remove' ? shown : null,
    after: action === 'member.remove' ? null : shown,
  });
}
