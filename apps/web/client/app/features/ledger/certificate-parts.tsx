import type { Certificate } from '#contracts/certificates';
import { t } from './ledger-words.js';

/** An erased name leaves the certificate, which still verifies. */
export const holderOf = ({ holder }: Certificate): string => (holder === '' ? t.erased : holder);

const looks = { valid: 'confirmed', revoked: 'declined', replaced: 'cancelled' } as const;

export function CertificateState({ of: { status, reason } }: { of: Certificate }) {
  return (
    <>
      <span className={`tag tag-${looks[status]}`}>{t.states[status]}</span>
      {reason === null ? null : <span className="muted"> {reason}</span>}
    </>
  );
}

/** To print it. */
export function CertificateLink({ of }: { of: Certificate }) {
  return (
    <a href={`/v1/certificates/${of.id}.pdf`} download>
      {t.pdf}
      <span className="hidden-visually"> {holderOf(of)}</span>
    </a>
  );
}
