/** A page of a tour's batches, cases or papers, in the order in which they were made. */
export interface LedgerPage {
  readonly tourId: string;
  readonly announcedAlone: boolean;
  readonly after: string | null;
  readonly take: number;
}
