import { z } from 'zod';
import { conceptLists, conceptOf } from '#reference-data';
import { event, request } from './contract.js';
import { ExportedFile } from './exported-file.js';
import {
  Id,
  Instant,
  LocalizedName,
  LocalizedNameInput,
  LocalizedNamePatch,
  LocalizedText,
  LocalizedTextInput,
  LocalizedTextPatch,
  Page,
  Version,
  line,
  pageOf,
  statesOf,
  text,
  wholeNumber,
} from './values/values.js';

// ── Vocabulary ──────────────────────────────────────────────────────────────────────────────────

export const Vocabulary = z.object({
  version: z.number().int(),
  lists: z.array(
    z.object({
      id: z.enum(conceptLists),
      concepts: z.array(z.object({ id: z.string(), zh: z.string(), en: z.string() })),
    }),
  ),
});
export type Vocabulary = z.output<typeof Vocabulary>;

const ConceptId = z
  .string()
  .refine((id) => conceptOf(id) !== null, { error: 'must be a concept of GET /v1/vocabulary' })
  .meta({ examples: ['modality.speech'] });

export const [minConcepts, maxConcepts] = [2, 8];

const Concepts = z
  .array(ConceptId)
  .min(minConcepts)
  .max(maxConcepts)
  .refine((ids) => new Set(ids).size === ids.length, { error: 'must name each concept once' })
  .refine((ids) => ids.filter((id) => conceptOf(id)?.list === 'kind').length === 1, {
    error: 'must name exactly one concept of the list "kind"',
  })
  .meta({ examples: [['kind.dataset', 'modality.speech', 'task.speech_recognition']] });

export const proposeConcepts = request('rpc.matching.propose-concepts.v1', {
  input: z.strictObject({ body: z.strictObject({ title: LocalizedNameInput, text: LocalizedTextInput }) }),
  output: z.object({
    concepts: z.array(
      z.object({
        id: z.string(),
        terms: z.array(
          z.object({
            field: z.enum(['title', 'text']),
            language: z.enum(['zh', 'en']),
            from: z.number().int(),
            to: z.number().int(),
            text: z.string(),
          }),
        ),
      }),
    ),
  }),
  errors: ['listing.personal_data'],
});

// ── Listings ────────────────────────────────────────────────────────────────────────────────────

export const listingStates = ['draft', 'published', 'paused', 'expired', 'closed', 'removed'] as const;
export type ListingState = (typeof listingStates)[number];
export const listingSides = ['offer', 'need'] as const;
/** Published listings of one company in one tour. */
export const maxPublishedListings = 20;

/** A company as others see it: nothing of persons. */
export const CompanyShown = z.object({
  id: z.string(),
  name: LocalizedName,
  city: z.object({ code: z.string(), name: LocalizedName }).nullable(),
});
export type CompanyShown = z.output<typeof CompanyShown>;

export const Listing = z.object({
  id: z.string(),
  tourId: z.string(),
  companyId: z.string(),
  company: CompanyShown,
  side: z.enum(listingSides),
  title: LocalizedName,
  text: LocalizedText,
  concepts: z.array(z.string()),
  expiresAt: z.string(),
  state: z.enum(listingStates),
  /** Why the organizer removed it; its company and the organizer see it. */
  reason: z.string().nullable(),
  createdAt: z.string(),
  version: Version,
});
export type Listing = z.output<typeof Listing>;

export const createListing = request('rpc.matching.create-listing.v1', {
  input: z.strictObject({
    tourId: Id,
    body: z.strictObject({
      side: z.enum(listingSides),
      title: LocalizedNameInput,
      text: LocalizedTextInput,
      concepts: Concepts,
      expiresAt: Instant.optional(),
      publish: z.boolean().default(false),
    }),
  }),
  output: Listing,
  errors: [
    'resource.not_found',
    'company.suspended',
    'listing.not_of_tour',
    'listing.personal_data',
    'listing.limit_reached',
  ],
});

export const listingSorts = ['createdAt', '-createdAt', 'expiresAt'] as const;

export const listListings = request('rpc.matching.list-listings.v1', {
  input: z.strictObject({
    tourId: Id,
    ...Page.shape,
    side: z.enum(listingSides).optional(),
    concept: ConceptId.optional(),
    state: statesOf(listingStates).optional(),
    q: line(200).optional(),
    sort: z.enum(listingSorts).default('createdAt'),
  }),
  output: pageOf(Listing),
  errors: ['resource.not_found', 'listing.not_of_tour'],
});

const exportedListings = {
  input: z.strictObject({
    tourId: Id,
    side: z.enum(listingSides).optional(),
    state: statesOf(listingStates).optional(),
  }),
  output: ExportedFile,
  errors: ['resource.not_found', 'request.too_large'],
} as const;

/** One row a listing, with its company and the labels of its concepts. */
export const exportListingsCsv = request('rpc.matching.export-listings-csv.v1', exportedListings);
export const exportListingsXlsx = request('rpc.matching.export-listings-xlsx.v1', exportedListings);

export const getListing = request('rpc.matching.get-listing.v1', {
  input: z.strictObject({ id: Id }),
  output: Listing,
  errors: ['resource.not_found'],
});

const changeErrors = ['resource.not_found', 'precondition.failed', 'listing.invalid_transition'] as const;

export const updateListing = request('rpc.matching.update-listing.v1', {
  input: z.strictObject({
    id: Id,
    body: z.strictObject({
      side: z.enum(listingSides).optional(),
      title: LocalizedNamePatch.optional(),
      text: LocalizedTextPatch.optional(),
      concepts: Concepts.optional(),
      expiresAt: Instant.optional(),
    }),
  }),
  output: Listing,
  errors: [...changeErrors, 'listing.personal_data'],
});

const move = <Verb extends 'publish' | 'pause' | 'close'>(verb: Verb) =>
  request(`rpc.matching.${verb}-listing.v1`, {
    input: z.strictObject({ id: Id }),
    output: Listing,
    errors: [...changeErrors, 'listing.limit_reached', 'company.suspended'],
  });

export const publishListing = move('publish');
export const pauseListing = move('pause');
export const closeListing = move('close');

export const removeListing = request('rpc.matching.remove-listing.v1', {
  input: z.strictObject({ id: Id, body: z.strictObject({ reason: text(2_000) }) }),
  output: Listing,
  errors: changeErrors,
});

/** What other services keep of a listing. Texts stay out: they may be long, and readers ask for them. */
export const ListingStateEvent = z.object({
  listingId: z.string(),
  tourId: z.string(),
  organizationId: z.string(),
  companyId: z.string(),
  side: z.enum(listingSides),
  state: z.enum(listingStates),
  concepts: z.array(z.string()),
  expiresAt: z.string(),
  /** When it was published first; `null` for one that never was. */
  publishedAt: z.string().nullable(),
  version: Version,
});
export type ListingStateEvent = z.output<typeof ListingStateEvent>;

export const listingChanged = event('evt.matching.listing-changed.v1', ListingStateEvent);

// ── Interests ───────────────────────────────────────────────────────────────────────────────────

export const interestLevels = ['must', 'want', 'no'] as const;
export type InterestLevel = (typeof interestLevels)[number];

export const Interest = z.object({ companyId: z.string(), level: z.enum(interestLevels) });

export const setInterest = request('rpc.matching.set-interest.v1', {
  input: z.strictObject({
    tourId: Id,
    companyId: Id,
    body: z.strictObject({ level: z.enum(interestLevels) }),
  }),
  output: Interest,
  errors: ['resource.not_found', 'listing.not_of_tour'],
});

export const removeInterest = request('rpc.matching.remove-interest.v1', {
  input: z.strictObject({ tourId: Id, companyId: Id }),
  output: z.null(),
  errors: ['resource.not_found', 'listing.not_of_tour'],
});

export const listInterests = request('rpc.matching.list-interests.v1', {
  input: z.strictObject({ tourId: Id, ...Page.shape }),
  output: pageOf(Interest),
  errors: ['resource.not_found', 'listing.not_of_tour'],
});

// ── Suggestions ─────────────────────────────────────────────────────────────────────────────────

const ListingNamed = Listing.pick({ id: true, side: true, title: true });

export const suggestionParts = ['they_offer', 'they_need', 'text', 'interest', 'carried', 'met'] as const;

export const Suggestion = z.object({
  company: CompanyShown,
  score: z.number().int(),
  parts: z.array(
    z.object({
      part: z.enum(suggestionParts),
      points: z.number().int(),
      terms: z.array(
        z.object({
          conceptId: z.string().optional(),
          text: z.string().optional(),
          points: z.number().int(),
        }),
      ),
    }),
  ),
  listings: z.array(ListingNamed),
  yourListings: z.array(ListingNamed),
});

export const suggestPartners = request('rpc.matching.suggest-partners.v1', {
  input: z.strictObject({ stopId: Id, limit: wholeNumber(1, 200).default(50) }),
  output: pageOf(Suggestion),
  errors: ['resource.not_found', 'meeting.not_attending'],
});
