import type { DataOf, listingChanged } from '#contracts';
import type { PublicMessage } from '../log/public-message.js';

type State = DataOf<typeof listingChanged>;

/** What is kept of a listing to tell what changed. */
export interface ListingSnapshot {
  readonly state: State['state'];
}

export function listingSnapshot({ state }: State): ListingSnapshot {
  return { state };
}

/** The message of a listing that became visible, or that the organizer removed; other changes are its company's alone. */
export function listingTransitions(previous: ListingSnapshot | null, next: State): PublicMessage[] {
  const { listingId, tourId, organizationId, companyId, side, state, version } = next;
  if (previous?.state === state || (state !== 'published' && state !== 'removed')) return [];
  return [
    {
      type: `listing.${state}`,
      subject: `listing/${listingId}`,
      scope: { organizationId, companyId, stopId: null, public: false },
      data: {
        listingId,
        tourId,
        companyId,
        side,
        status: state,
        previousStatus: previous?.state ?? null,
        version,
        href: `/v1/listings/${listingId}`,
      },
    },
  ];
}
