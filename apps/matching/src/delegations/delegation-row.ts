/** What is kept of a delegation. */
export interface DelegationRow {
  readonly registrationId: string;
  readonly stopId: string;
  readonly companyId: string;
  readonly live: boolean;
  /** Whether it was live in any state that this row stands for. */
  readonly everLive: boolean;
  readonly version: number;
}
