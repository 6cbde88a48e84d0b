import type { PageData } from '../api/page-data.js';

/** Small counts are not public: `<5` could be anything below. */
export type Count = number | '<5';

export interface Stage {
  readonly stage: string;
  readonly unit: 'companies' | 'meetings';
  readonly numerator: Count;
  readonly denominator: Count;
}

export interface Results {
  readonly funnel: readonly Stage[];
  readonly totals: Readonly<Record<'delegates' | 'sessions' | 'members' | 'cases' | 'papers', Count>>;
}

export interface TourResults extends Results {
  readonly stops?: readonly (Results & { readonly stopId: string })[];
}

/** `null` where nobody counts them here. */
export const resultsOfStop = (data: PageData, stopId: string): Promise<Results | null> =>
  data.find<Results>(`/v1/stops/${encodeURIComponent(stopId)}/results`);

export const resultsOfTour = (data: PageData, tourId: string): Promise<TourResults | null> =>
  data.find<TourResults>(`/v1/tours/${encodeURIComponent(tourId)}/statistics`);

/** As part of another page, which is shown without them where nobody counts. */
export const figuresOfTour = (data: PageData, tourId: string): Promise<TourResults | null> =>
  data.findUnlessAway<TourResults>(`/v1/tours/${encodeURIComponent(tourId)}/statistics`);

export function figureOf(results: Results | undefined, stage: string): Count | null {
  return results?.funnel.find((one) => one.stage === stage)?.numerator ?? null;
}
