/** What tells whose a message is that names a stop. */
export interface KnownStop {
  readonly stopId: string;
  readonly organizationId: string;
  readonly tourId: string;
}
