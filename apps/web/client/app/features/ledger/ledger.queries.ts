import { queryOptions, useQueryClient } from '@tanstack/react-query';
import type { Certificate } from '#contracts/certificates';
import type { Case, CaseReview, MembershipBatch, Paper } from '#contracts/ledger';
import { call } from '../../api/call.js';
import { all } from '../../api/queries.js';

const soonMs = 5_000;

/** Drafts too, since their organizer asks. */
const ofTour = <One>(what: 'membership-batches' | 'cases' | 'papers', tourId: string) =>
  queryOptions({
    queryKey: [what, tourId],
    queryFn: () => all<One>(`/tours/${tourId}/${what}`),
    staleTime: soonMs,
  });

export const membershipBatches = (tourId: string) => ofTour<MembershipBatch>('membership-batches', tourId);
export const cases = (tourId: string) => ofTour<Case>('cases', tourId);
export const papers = (tourId: string) => ofTour<Paper>('papers', tourId);

export interface CaseReviews {
  readonly items: readonly CaseReview[];
  readonly averageScore: number | null;
}

export const caseReviews = (caseId: string) =>
  queryOptions({
    queryKey: ['case-reviews', caseId],
    queryFn: () => call<CaseReviews>('GET', `/cases/${caseId}/reviews?limit=200`),
    staleTime: soonMs,
  });

/** All of them for the organizer; of its own people for a company. */
export const certificates = (stopId: string) =>
  queryOptions({
    queryKey: ['certificates', stopId],
    queryFn: () => all<Certificate>(`/stops/${stopId}/certificates`),
    staleTime: soonMs,
  });

/** What is asked anew after a change of the ledger. */
export const ledgerKeys = [
  'membership-batches',
  'cases',
  'papers',
  'case-reviews',
  'results',
  'statistics',
] as const;

/** After a change every list of the ledger is asked for anew. */
export function useRefresh(): () => Promise<unknown> {
  const client = useQueryClient();
  return () => Promise.all(ledgerKeys.map((key) => client.invalidateQueries({ queryKey: [key] })));
}
