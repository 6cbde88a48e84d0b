import { Problem, invalidField, notFound, type Caller, type Principal } from '#contracts';

/** What a new key is asked for. */
export interface KeyRequest {
  role?: 'organizer' | 'staff' | 'company' | undefined;
  stopId?: string | undefined;
  organizationId?: string | undefined;
  companyId?: string | undefined;
  label: string;
  expiresAt?: string | null | undefined;
}

/** What a new key will be. */
export interface KeyGrant {
  role: Principal['role'];
  organizationId: string | null;
  companyId: string | null;
  stopId: string | null;
}

/**
 * Decides what a caller's new key may be: companies and organizers make keys for their own, an admin for anybody.
 * @throws Problem `auth.forbidden` for more than one's own, `request.invalid` for ids that don't go with the role
 */
export function grantKey(caller: Caller, request: KeyRequest): KeyGrant {
  if (caller.role === 'admin') return grantByAdmin(request);
  const role = request.role ?? (caller.role === 'company' ? 'company' : 'organizer');
  if (request.organizationId !== undefined && request.organizationId !== caller.organizationId)
    throw notFound('organization');
  if (request.companyId !== undefined && request.companyId !== caller.companyId) throw notFound('company');
  const mayMake = caller.role === 'company' ? ['company'] : ['organizer', 'staff'];
  if (!mayMake.includes(role))
    throw new Problem('auth.forbidden', `A ${caller.role} key can't make a key of role ${role}.`);
  return {
    role,
    organizationId: role === 'company' ? null : (caller.organizationId ?? null),
    companyId: role === 'company' ? (caller.companyId ?? null) : null,
    stopId: stopOf(role, request.stopId),
  };
}

function grantByAdmin(request: KeyRequest): KeyGrant {
  const { organizationId, companyId } = request;
  if ((organizationId === undefined) === (companyId === undefined)) {
    throw invalidField('/organizationId', 'An admin names either organizationId or companyId.');
  }
  const role = request.role ?? (companyId === undefined ? 'organizer' : 'company');
  if ((role === 'company') !== (companyId !== undefined)) {
    throw invalidField('/role', 'Role company goes with companyId, organizer and staff with organizationId.');
  }
  return {
    role,
    organizationId: organizationId ?? null,
    companyId: companyId ?? null,
    stopId: stopOf(role, request.stopId),
  };
}

/** When a new key ends by itself. @throws Problem `request.invalid` for a time that is past */
export function futureEnd(expiresAt: string | null | undefined, now: Date): Date | null {
  if (expiresAt === undefined || expiresAt === null) return null;
  const end = new Date(expiresAt);
  if (end <= now) throw invalidField('/expiresAt', 'must lie in the future');
  return end;
}

function stopOf(role: Principal['role'], stopId: string | undefined): string | null {
  if (role === 'staff' && stopId === undefined)
    throw invalidField('/stopId', 'A staff key needs the stop it is for.');
  if (role !== 'staff' && stopId !== undefined)
    throw invalidField('/stopId', 'Only a staff key belongs to a stop.');
  return stopId ?? null;
}
