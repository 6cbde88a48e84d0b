import type { CompanyState } from '#contracts';
import type { PublicMessage } from '../log/public-message.js';

/** What each organization decided about a company, by the organization's id. */
export type CompanySnapshot = Readonly<Record<string, CompanyState['standings'][number]['status']>>;

export function companySnapshot({ standings }: CompanyState): CompanySnapshot {
  return Object.fromEntries(standings.map(({ organizationId, status }) => [organizationId, status]));
}

/** One message for each organization whose decision changed. */
export function companyTransitions(previous: CompanySnapshot | null, state: CompanyState): PublicMessage[] {
  return state.standings.flatMap(({ organizationId, status }): PublicMessage[] => {
    const previousStatus = previous?.[organizationId] ?? 'unverified';
    if (status === previousStatus || status === 'unverified') return [];
    const { companyId, version } = state;
    return [
      {
        type: `company.${status}`,
        subject: `company/${companyId}`,
        scope: { organizationId, companyId, stopId: null, public: false },
        data: {
          companyId,
          organizationId,
          status,
          previousStatus,
          version,
          href: `/v1/companies/${companyId}`,
        },
      },
    ];
  });
}
