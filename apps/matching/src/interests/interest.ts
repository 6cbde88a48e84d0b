import type { InterestLevel } from '#contracts';

/** How much a company wants to meet another one, or that it does not. */
export interface Interest {
  readonly companyId: string;
  readonly towardsId: string;
  readonly level: InterestLevel;
}
