import type { z } from 'zod';
import type { Caller, Localized, Me, Membership } from '#contracts';
import type { MembershipRecord } from '../memberships/membership.js';
import { presentUser, type UserRecord } from '../users/user.js';

/** The names of what memberships are of, by ids. */
export interface MembershipNames {
  organizations: ReadonlyMap<string, Localized>;
  companies: ReadonlyMap<string, Localized>;
  stops: ReadonlyMap<string, Localized>;
}

/** The caller, and with a person what it may act as. A person without memberships has no role. */
export function presentMe(
  caller: Caller,
  user: UserRecord | null,
  memberships: readonly MembershipRecord[],
  names: MembershipNames,
): Me {
  return {
    role: caller.role === 'public' ? null : caller.role,
    organizationId: caller.organizationId ?? null,
    companyId: caller.companyId ?? null,
    stopId: caller.stopId ?? null,
    keyId: user === null ? caller.keyId : null,
    user: user && presentUser(user),
    memberships: memberships.map((one) => presentMembership(one, names)),
  };
}

function presentMembership(
  { id, role, organizationId, companyId, stopId }: MembershipRecord,
  names: MembershipNames,
): z.output<typeof Membership> {
  const named = (of: string, known: ReadonlyMap<string, Localized>) => ({
    id: of,
    name: known.get(of) ?? null,
  });
  return {
    id,
    role,
    ...(organizationId === null ? {} : { organization: named(organizationId, names.organizations) }),
    ...(companyId === null ? {} : { company: named(companyId, names.companies) }),
    ...(stopId === null ? {} : { stop: named(stopId, names.stops) }),
  };
}
