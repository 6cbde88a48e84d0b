import type { Localized } from '#contracts';

/** A published listing, as far as it decides who fits whom. */
export interface MatchedListing {
  readonly id: string;
  readonly companyId: string;
  readonly side: 'offer' | 'need';
  readonly title: Localized;
  readonly text: Localized;
  readonly concepts: readonly string[];
}
