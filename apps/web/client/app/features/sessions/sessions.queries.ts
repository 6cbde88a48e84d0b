import { useQueries, useQuery } from '@tanstack/react-query';
import { inLang } from '../../../../shared/language.js';
import { call } from '../../api/call.js';
import type { OrganizersCompany } from '../../api/queries.js';
import { lang } from '../../words/index.js';
import type { ReviewCount } from './review-queue.js';

export interface ReviewList {
  readonly items: readonly {
    readonly keyId: string;
    readonly score: number;
    readonly comment: string | null;
  }[];
  readonly averageScore: number | null;
}

/** Beyond these, scores are read when a proposal is opened. */
const maxReadAhead = 60;

export const reviewsOf = (sessionId: string) => ({
  queryKey: ['reviews', sessionId],
  queryFn: () => call<ReviewList>('GET', `/sessions/${sessionId}/reviews?limit=200`),
  staleTime: 15_000,
});

/** How the proposals of a queue were scored so far. */
export function useReviewCounts(ids: readonly string[]): ReadonlyMap<string, ReviewCount> {
  const wanted = ids.slice(0, maxReadAhead);
  return useQueries({
    queries: wanted.map(reviewsOf),
    combine: (results) =>
      new Map(
        results.flatMap(({ data }, at) =>
          data === undefined
            ? []
            : [[wanted[at] ?? '', { count: data.items.length, average: data.averageScore }] as const],
        ),
      ),
  });
}

/** Who proposed a session; `null` until it is known, and for what organizers added. */
export function useCompanyName(companyId: string | null): string | null {
  const query = useQuery({
    queryKey: ['company', companyId],
    queryFn: () => call<OrganizersCompany>('GET', `/companies/${companyId}`),
    enabled: companyId !== null,
    staleTime: 60_000,
  });
  return query.data === undefined ? null : inLang(query.data.name, lang);
}
