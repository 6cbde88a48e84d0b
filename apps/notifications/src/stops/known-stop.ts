/** The owner of messages that name a stop. */
export interface KnownStop {
  readonly stopId: string;
  readonly organizationId: string;
  readonly tourId: string;
}
