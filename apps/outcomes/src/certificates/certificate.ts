import { Problem, type Certificate, type Localized } from '#contracts';

export interface CertificateRecord extends Omit<Certificate, 'code'> {
  readonly organizationId: string;
  readonly registrationId: string | null;
  readonly speakerId: string | null;
  readonly companyId: string | null;
  readonly sessionTitle: Localized | null;
  readonly replacedBy: string | null;
}

/** Throws `certificate.invalid_transition` for one that was revoked or replaced. */
export function refuseEnded({ status }: CertificateRecord): void {
  if (status === 'valid') return;
  throw new Problem('certificate.invalid_transition', `A certificate that was ${status} can't be changed.`);
}

export function shownCertificate(record: CertificateRecord, codeOf: (id: string) => string): Certificate {
  const { id, stopId, kind, delegateId, sessionId, holder, status, reason, issuedAt, version } = record;
  return {
    id,
    stopId,
    kind,
    delegateId,
    sessionId,
    holder,
    code: codeOf(id),
    status,
    reason,
    issuedAt,
    version,
  };
}

/** What the audit keeps: ids and states, no name and no reason, which may name people. */
export function auditedCertificate(record: CertificateRecord): object {
  const { stopId, kind, delegateId, sessionId, status, replacedBy } = record;
  return { stopId, kind, delegateId, sessionId, status, replacedBy };
}
