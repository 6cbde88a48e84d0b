import type { DataOf, outcomeAnnounced } from '#contracts';
import type { PublicMessage } from '../log/public-message.js';

const paths = { membership: 'membership-batches', case: 'cases', paper: 'papers' } as const;

/** One message for each thing that is announced; it never changes after that. */
export function outcomeTransitions(announced: DataOf<typeof outcomeAnnounced>): PublicMessage[] {
  const { kind, id, stopId, tourId, organizationId, companyIds, count, version } = announced;
  return [
    {
      type: 'outcome.announced',
      subject: `outcome/${id}`,
      scope: { organizationId, companyId: null, stopId, public: true },
      data: {
        kind,
        membershipBatchId: kind === 'membership' ? id : null,
        caseId: kind === 'case' ? id : null,
        paperId: kind === 'paper' ? id : null,
        stopId,
        tourId,
        companyIds,
        count,
        status: 'announced',
        version,
        href: `/v1/${paths[kind]}/${id}`,
      },
    },
  ];
}
