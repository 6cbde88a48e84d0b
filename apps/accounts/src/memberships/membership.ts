import type { z } from 'zod';
import { Problem, formatInstant, invalidField, type Caller, type Member } from '#contracts';

/** As what somebody may act: of an organization (for one stop as staff), or of a company. */
export interface MembershipGrant {
  role: 'organizer' | 'staff' | 'company';
  organizationId: string | null;
  companyId: string | null;
  stopId: string | null;
}

/** One membership of one person, as it is stored. */
export interface MembershipRecord extends MembershipGrant {
  id: string;
  userId: string;
  createdAt: Date;
  /** The first sign-in after the invitation; `null` while it waits. */
  joinedAt: Date | null;
  lastUsedAt: Date | null;
}

/** What an invitation asks for. */
export interface Invitation {
  role?: MembershipGrant['role'] | undefined;
  stopId?: string | undefined;
}

/** Whose members a caller sees and changes. */
export type MembersOwner = { companyId: string } | { organizationId: string };

export function membersOwnerFor({ role, companyId, organizationId }: Caller): MembersOwner {
  return role === 'company' ? { companyId: companyId ?? '' } : { organizationId: organizationId ?? '' };
}

/**
 * Decides what a caller may invite to: its own company; its own organization, or one stop of it.
 * @throws Problem `auth.forbidden` for another role than the caller may give, `request.invalid` for a stop without its role
 */
export function grantMembership(caller: Caller, { role: asked, stopId }: Invitation): MembershipGrant {
  const role = asked ?? (caller.role === 'company' ? 'company' : 'organizer');
  if ((caller.role === 'company') !== (role === 'company'))
    throw new Problem('auth.forbidden', `The role ${caller.role} can't invite to the role ${role}.`);
  if ((role === 'staff') !== (stopId !== undefined)) {
    const message = role === 'staff' ? 'is required for the role staff' : 'goes with the role staff alone';
    throw invalidField('/stopId', message);
  }
  return {
    role,
    organizationId: role === 'company' ? null : (caller.organizationId ?? null),
    companyId: role === 'company' ? (caller.companyId ?? null) : null,
    stopId: stopId ?? null,
  };
}

/**
 * Throws `member.last` where nobody would be left who can invite others: the last organizer that joined, or the last
 * member of a company that did. Invitations and door staff can always go.
 * @param siblings all memberships of the same organization or company, this one among them
 */
export function refuseRemoving(membership: MembershipRecord, siblings: readonly MembershipRecord[]): void {
  if (membership.joinedAt === null || membership.role === 'staff') return;
  const left = siblings.filter(
    ({ id, role, joinedAt }) => id !== membership.id && role === membership.role && joinedAt !== null,
  );
  if (left.length > 0) return;
  throw new Problem('member.last', 'Invite somebody else, and remove this member once they have joined.');
}

/** What a new sign-in acts as: the membership used last, else the oldest. */
export function chooseMembership(memberships: readonly MembershipRecord[]): MembershipRecord | undefined {
  const joined = memberships.filter(({ joinedAt }) => joinedAt !== null);
  return joined.toSorted(
    (one, other) =>
      (other.lastUsedAt?.getTime() ?? 0) - (one.lastUsedAt?.getTime() ?? 0) ||
      one.createdAt.getTime() - other.createdAt.getTime() ||
      (one.id < other.id ? -1 : 1),
  )[0];
}

/** Whether an invited address is known, and by what name, is shown to nobody before the person joins. */
export function presentMember(
  { id, role, stopId, joinedAt, createdAt }: MembershipRecord,
  { email, name }: { email: string; name: string | null },
): z.output<typeof Member> {
  return {
    id,
    email,
    name: joinedAt === null ? null : name,
    role,
    stopId,
    state: joinedAt === null ? 'invited' : 'joined',
    createdAt: formatInstant(createdAt),
  };
}

/** What the audit keeps of a membership: ids and states, no address and no name. */
export function auditedMembership({ userId, role, stopId, companyId, joinedAt }: MembershipRecord): object {
  return { userId, role, stopId, companyId, state: joinedAt === null ? 'invited' : 'joined' };
}
