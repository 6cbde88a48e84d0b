import {
  Problem,
  foldText,
  formatInstant,
  invalidField,
  mergePatch,
  parseOrRefuse,
  createListing,
  type InputOf,
  type Listing,
  type ListingState,
  type ListingStateEvent,
  type RequestFault,
  type updateListing,
} from '#contracts';
import { holdsPersonalData } from './personal-data.js';

/** A listing as stored. Instants are RFC 3339 in UTC; `state` is behind the clock until the listing is settled. */
export interface ListingRecord extends Omit<Listing, 'company'> {
  readonly organizationId: string;
  readonly publishedAt: string | null;
}

export type ListingDraft = InputOf<typeof createListing>['body'];
export type ListingPatch = InputOf<typeof updateListing>['body'];
export type ListingMove = 'publish' | 'pause' | 'close' | 'remove';

const defaultDays = 180;
const dayMs = 86_400_000;

/** From which states each move leads where. */
const moves: Readonly<Record<ListingMove, { from: readonly ListingState[]; to: ListingState }>> = {
  publish: { from: ['draft', 'paused', 'expired'], to: 'published' },
  pause: { from: ['published'], to: 'paused' },
  close: { from: ['draft', 'published', 'paused', 'expired'], to: 'closed' },
  remove: { from: ['draft', 'published', 'paused', 'expired', 'closed'], to: 'removed' },
};

export function newListing(
  draft: ListingDraft,
  of: Pick<ListingRecord, 'id' | 'tourId' | 'organizationId' | 'companyId'>,
  now: Date,
): ListingRecord {
  const { side, title, text, concepts, expiresAt, publish } = draft;
  refusePersonalData({ title, text });
  const at = formatInstant(now);
  return {
    ...of,
    side,
    title,
    text,
    concepts,
    expiresAt: laterThan(now, expiresAt ?? formatInstant(new Date(now.getTime() + defaultDays * dayMs))),
    state: publish ? 'published' : 'draft',
    reason: null,
    publishedAt: publish ? at : null,
    createdAt: at,
    version: 1,
  };
}

/** The listing as the clock has it: one that is published or paused has expired at its time, written down or not. */
export function settled(listing: ListingRecord, now: Date): ListingRecord {
  const ends = listing.state === 'published' || listing.state === 'paused';
  return ends && Date.parse(listing.expiresAt) <= now.getTime() ? { ...listing, state: 'expired' } : listing;
}

/** Throws `listing.invalid_transition` where the state forbids the move. The listing must be settled. */
export function moved(listing: ListingRecord, move: ListingMove, now: Date): ListingRecord {
  const { from, to } = moves[move];
  const isOver = move === 'publish' && Date.parse(listing.expiresAt) <= now.getTime();
  if (!from.includes(listing.state) || isOver) {
    const why = isOver && from.includes(listing.state) ? 'Give it a new expiresAt first.' : '';
    throw new Problem(
      'listing.invalid_transition',
      `A listing that is ${listing.state} can't be changed by ${move}. ${why}`.trim(),
    );
  }
  const publishedAt = move === 'publish' ? (listing.publishedAt ?? formatInstant(now)) : listing.publishedAt;
  return { ...listing, state: to, publishedAt };
}

/** The listing after a merge patch. Throws `request.invalid` with pointers, and what forbids the change. */
export function patched(listing: ListingRecord, patch: ListingPatch, now: Date): ListingRecord {
  if (listing.state === 'closed' || listing.state === 'removed') {
    throw new Problem(
      'listing.invalid_transition',
      `A listing that is ${listing.state} does not change any more.`,
    );
  }
  const { side, title, text, concepts } = listing;
  const body = createListing.input.shape.body.omit({ expiresAt: true, publish: true });
  const { expiresAt, ...rest } = patch;
  const merged = parseOrRefuse(body, mergePatch({ side, title, text, concepts }, rest), ['body']);
  refusePersonalData(merged);
  return {
    ...listing,
    ...merged,
    ...(expiresAt === undefined ? {} : { expiresAt: laterThan(now, expiresAt) }),
  };
}

type Texts = Pick<ListingDraft, 'title' | 'text'>;

/** Throws `listing.personal_data` with a pointer for each string that holds contact details. */
export function refusePersonalData({ title, text }: Texts): void {
  const message =
    'holds an e-mail address or a mobile number; contacts are exchanged once both sides agree to meet';
  const errors = Object.entries({ title, text }).flatMap(([field, languages]): RequestFault[] =>
    Object.entries(languages).flatMap(([language, written]: [string, string | undefined]) =>
      written !== undefined && holdsPersonalData(written)
        ? [{ pointer: `/${field}/${language}`, message }]
        : [],
    ),
  );
  if (errors.length > 0) throw new Problem('listing.personal_data', `The text ${message}.`, { errors });
}

/** Title and text in the form in which searches compare them. */
export function foldedOf({ title, text }: Texts): string {
  return foldText([title.zh, title.en, text.zh, text.en].filter((one) => one !== undefined).join('\n'));
}

/** What other services keep of it. */
export function stateOf(listing: ListingRecord): ListingStateEvent {
  const { id, tourId, organizationId, companyId, side, state, concepts, expiresAt, publishedAt, version } =
    listing;
  return {
    listingId: id,
    tourId,
    organizationId,
    companyId,
    side,
    state,
    concepts,
    expiresAt,
    publishedAt,
    version,
  };
}

export function auditedOf(listing: ListingRecord): object {
  const { tourId, companyId, side, title, concepts, expiresAt, state, reason } = listing;
  return { tourId, companyId, side, title, concepts, expiresAt, state, reason };
}

function laterThan(now: Date, expiresAt: string): string {
  if (Date.parse(expiresAt) > now.getTime()) return expiresAt;
  throw invalidField('/expiresAt', 'must lie in the future');
}
