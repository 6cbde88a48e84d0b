import { notFound, isOrganizerOf, type Caller, type CompanyShown, type Listing } from '#contracts';
import { settled, type ListingRecord } from './listing.js';

/** The listing as the caller may see it: others' while they are published. Throws `resource.not_found` elsewhere. */
export function listingFor(caller: Caller, stored: ListingRecord, company: CompanyShown, now: Date): Listing {
  const listing = settled(stored, now);
  const isOwn = caller.companyId !== undefined && caller.companyId === listing.companyId;
  const seesAll = isOwn || isOrganizerOf(caller, listing);
  if (!seesAll && !(caller.role === 'company' && listing.state === 'published')) throw notFound('listing');
  const { id, tourId, companyId, side, title, text, concepts, expiresAt, state, createdAt, version } =
    listing;
  return {
    id,
    tourId,
    companyId,
    company,
    side,
    title,
    text,
    concepts,
    expiresAt,
    state,
    reason: seesAll ? listing.reason : null,
    createdAt,
    version,
  };
}
