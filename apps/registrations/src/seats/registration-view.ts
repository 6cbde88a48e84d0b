import { formatInstant, type Localized, type Registration, type Warning } from '#contracts';
import { type Delegation, shownBadge } from './delegation.js';

/** A registration as its company and the organizer of its stop see it; `version` stands last, for the edge to read. */
export function registrationView(
  stopId: string,
  delegation: Delegation,
  waitlistPosition: number | null,
  companyName: Localized,
  warnings: readonly Warning[] = [],
): Registration {
  const { id, companyId, status, note, reason, createdAt, version } = delegation;
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
      language: delegate.language,
      badge: shownBadge(status, delegate),
    })),
    company: { id: companyId, name: companyName },
    note,
    reason,
    createdAt: formatInstant(createdAt),
    ...(warnings.length === 0 ? {} : { warnings: [...warnings] }),
    version,
  };
}
