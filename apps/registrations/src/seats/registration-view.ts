import { formatInstant, type Localized, type Registration } from '#contracts';
import { type Delegation, shownBadge } from './delegation.js';

/** A registration as its company and the organizer of its stop see it; `version` stands last, for the edge to read. */
export function registrationView(
  stopId: string,
  delegation: Delegation,
  waitlistPosition: number | null,
  companyName: Localized,
): Registration {
  const { id, companyId, status, note, createdAt, version } = delegation;
  return {
    id,
    stopId,
    companyId,
    status,
    seats: delegation.delegates.length,
    waitlistPosition,
    delegates: delegation.delegates.map((delegate) => ({
      id: delegate.id,
      name: delegate.name,
      email: delegate.email,
      mobile: delegate.mobile,
      jobTitle: delegate.jobTitle,
      badge: shownBadge(status, delegate),
    })),
    company: { id: companyId, name: companyName },
    note,
    createdAt: formatInstant(createdAt),
    version,
  };
}
