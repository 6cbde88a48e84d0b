import { z } from 'zod';
import { event, request } from './contract.js';
import {
  Id,
  LocalizedName,
  LocalizedNameInput,
  LocalizedNamePatch,
  LocalizedText,
  LocalizedTextInput,
  LocalizedTextPatch,
  Label,
  Name,
  Note,
  Page,
  Version,
  WebAddress,
  integer,
  pageOf,
} from './values/values.js';

const ledgerErrors = ['resource.not_found', 'precondition.failed', 'ledger.announced'] as const;
/** Drafts are their organizer's alone, so a tour's list of them is, too; what was announced is for everybody. */
const ofTour = z.strictObject({ tourId: Id, ...Page.shape });
const one = z.strictObject({ id: Id });

// ── Membership batches ──────────────────────────────────────────────────────────────────────────

export const announcedStates = ['draft', 'announced'] as const;

/** Members of a batch at most. */
export const maxMembers = 1_000;

export const BatchMember = z.object({
  id: z.string(),
  companyId: z.string().nullable(),
  name: LocalizedName,
  category: z.string(),
  /** Of its plaque, once announced. */
  number: z.number().int().nullable(),
  code: z.string().nullable(),
  /** The entry of an earlier batch that this one replaces. */
  corrects: z.string().nullable(),
});
export type BatchMember = z.output<typeof BatchMember>;

export const MembershipBatch = z.object({
  id: z.string(),
  tourId: z.string(),
  stopId: z.string().nullable(),
  alliance: LocalizedName,
  series: z.string(),
  state: z.enum(announcedStates),
  announcedAt: z.string().nullable(),
  members: z.array(BatchMember),
  createdAt: z.string(),
  version: Version,
});
export type MembershipBatch = z.output<typeof MembershipBatch>;

export const createMembershipBatch = request('rpc.outcomes.create-membership-batch.v1', {
  input: z.strictObject({
    tourId: Id,
    body: z.strictObject({ alliance: LocalizedNameInput, series: Label, stopId: Id.nullish() }),
  }),
  output: MembershipBatch,
  errors: ['resource.not_found'],
});

export const listMembershipBatches = request('rpc.outcomes.list-membership-batches.v1', {
  input: ofTour,
  output: pageOf(MembershipBatch),
  errors: ['resource.not_found'],
});

export const getMembershipBatch = request('rpc.outcomes.get-membership-batch.v1', {
  input: one,
  output: MembershipBatch,
  errors: ['resource.not_found'],
});

export const updateMembershipBatch = request('rpc.outcomes.update-membership-batch.v1', {
  input: z.strictObject({
    id: Id,
    body: z.strictObject({
      alliance: LocalizedNamePatch.optional(),
      series: Label.optional(),
      stopId: Id.nullish(),
    }),
  }),
  output: MembershipBatch,
  errors: ledgerErrors,
});

export const deleteMembershipBatch = request('rpc.outcomes.delete-membership-batch.v1', {
  input: one,
  output: z.null(),
  errors: ledgerErrors,
});

export const addBatchMember = request('rpc.outcomes.add-batch-member.v1', {
  input: z.strictObject({
    id: Id,
    body: z.union([
      z.strictObject({ companyId: Id, category: Label, corrects: Id.nullish() }),
      z.strictObject({ name: LocalizedNameInput, category: Label, corrects: Id.nullish() }),
    ]),
  }),
  output: BatchMember,
  errors: ['resource.not_found', 'ledger.announced', 'ledger.already_member'],
});

export const removeBatchMember = request('rpc.outcomes.remove-batch-member.v1', {
  input: z.strictObject({ id: Id, memberId: Id }),
  output: z.null(),
  errors: ledgerErrors,
});

export const announceMembershipBatch = request('rpc.outcomes.announce-membership-batch.v1', {
  input: one,
  output: MembershipBatch,
  errors: [...ledgerErrors, 'ledger.empty', 'ledger.already_member'],
});

// ── Cases ───────────────────────────────────────────────────────────────────────────────────────

export const caseStates = ['nominated', 'selected', 'announced'] as const;
export type CaseState = (typeof caseStates)[number];

export const Case = z.object({
  id: z.string(),
  tourId: z.string(),
  stopId: z.string(),
  title: LocalizedName,
  field: z.string(),
  companyIds: z.array(z.string()),
  summary: LocalizedText,
  state: z.enum(caseStates),
  announcedAt: z.string().nullable(),
  code: z.string().nullable(),
  /** The announced case that this one replaces. */
  corrects: z.string().nullable(),
  createdAt: z.string(),
  version: Version,
});
export type Case = z.output<typeof Case>;

const CompanyIds = z
  .array(Id)
  .min(1)
  .max(50)
  .refine((ids) => new Set(ids).size === ids.length, { error: 'must name each company once' });

export const nominateCase = request('rpc.outcomes.nominate-case.v1', {
  input: z.strictObject({
    tourId: Id,
    body: z.strictObject({
      title: LocalizedNameInput,
      field: Label,
      companyIds: CompanyIds,
      summary: LocalizedTextInput,
      stopId: Id,
      corrects: Id.nullish(),
    }),
  }),
  output: Case,
  errors: ['resource.not_found', 'ledger.announced'],
});

export const listCases = request('rpc.outcomes.list-cases.v1', {
  input: ofTour,
  output: pageOf(Case),
  errors: ['resource.not_found'],
});

export const getCase = request('rpc.outcomes.get-case.v1', {
  input: one,
  output: Case,
  errors: ['resource.not_found'],
});

export const updateCase = request('rpc.outcomes.update-case.v1', {
  input: z.strictObject({
    id: Id,
    body: z.strictObject({
      title: LocalizedNamePatch.optional(),
      field: Label.optional(),
      companyIds: CompanyIds.optional(),
      summary: LocalizedTextPatch.optional(),
      stopId: Id.optional(),
    }),
  }),
  output: Case,
  errors: ledgerErrors,
});

export const deleteCase = request('rpc.outcomes.delete-case.v1', {
  input: one,
  output: z.null(),
  errors: ledgerErrors,
});

const moveCase = (verb: 'select' | 'announce') =>
  request(`rpc.outcomes.${verb}-case.v1`, {
    input: one,
    output: Case,
    errors: ['resource.not_found', 'precondition.failed', 'case.invalid_transition'],
  });
export const selectCase = moveCase('select');
export const announceCase = moveCase('announce');

/** What one reviewer says of a case. Who has a conflict of interest says so, and does not count. */
export const CaseReview = z.object({
  reviewerId: z.string(),
  score: z.number().int().nullable(),
  conflictOfInterest: z.boolean(),
  comment: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type CaseReview = z.output<typeof CaseReview>;

export const reviewCase = request('rpc.outcomes.review-case.v1', {
  input: z.strictObject({
    id: Id,
    body: z.union([
      z.strictObject({ score: integer(1, 5), comment: Note.nullish() }),
      z.strictObject({ conflictOfInterest: z.literal(true), comment: Note.nullish() }),
    ]),
  }),
  output: CaseReview,
  errors: ['resource.not_found', 'case.invalid_transition'],
});

export const listCaseReviews = request('rpc.outcomes.list-case-reviews.v1', {
  input: z.strictObject({ id: Id, ...Page.shape }),
  output: pageOf(CaseReview).extend({ averageScore: z.number().nullable() }),
  errors: ['resource.not_found'],
});

// ── Papers ──────────────────────────────────────────────────────────────────────────────────────

const People = z.array(Name).max(100);

export const Paper = z.object({
  id: z.string(),
  tourId: z.string(),
  stopId: z.string().nullable(),
  title: LocalizedName,
  authors: z.array(z.string()),
  issuers: z.array(z.string()),
  edition: z.string(),
  url: z.string().nullable(),
  state: z.enum(announcedStates),
  announcedAt: z.string().nullable(),
  code: z.string().nullable(),
  /** The announced edition that this one replaces. */
  corrects: z.string().nullable(),
  createdAt: z.string(),
  version: Version,
});
export type Paper = z.output<typeof Paper>;

export const createPaper = request('rpc.outcomes.create-paper.v1', {
  input: z.strictObject({
    tourId: Id,
    body: z.strictObject({
      title: LocalizedNameInput,
      authors: People,
      issuers: People.min(1),
      edition: Label,
      url: WebAddress.nullish(),
      stopId: Id.nullish(),
      corrects: Id.nullish(),
    }),
  }),
  output: Paper,
  errors: ['resource.not_found', 'ledger.announced'],
});

export const listPapers = request('rpc.outcomes.list-papers.v1', {
  input: ofTour,
  output: pageOf(Paper),
  errors: ['resource.not_found'],
});

export const getPaper = request('rpc.outcomes.get-paper.v1', {
  input: one,
  output: Paper,
  errors: ['resource.not_found'],
});

export const updatePaper = request('rpc.outcomes.update-paper.v1', {
  input: z.strictObject({
    id: Id,
    body: z.strictObject({
      title: LocalizedNamePatch.optional(),
      authors: People.optional(),
      issuers: People.min(1).optional(),
      edition: Label.optional(),
      url: WebAddress.nullish(),
      stopId: Id.nullish(),
    }),
  }),
  output: Paper,
  errors: ledgerErrors,
});

export const deletePaper = request('rpc.outcomes.delete-paper.v1', {
  input: one,
  output: z.null(),
  errors: ledgerErrors,
});

export const announcePaper = request('rpc.outcomes.announce-paper.v1', {
  input: one,
  output: Paper,
  errors: ledgerErrors,
});

// ── What was announced ──────────────────────────────────────────────────────────────────────────

export const awardKinds = ['membership', 'case', 'paper'] as const;

/** An announced batch, case or paper: it never changes, so there is one version. */
export const outcomeAnnounced = event(
  'evt.outcomes.outcome-announced.v1',
  z.object({
    kind: z.enum(awardKinds),
    /** Of the batch, case or paper. */
    id: z.string(),
    tourId: z.string(),
    stopId: z.string().nullable(),
    organizationId: z.string(),
    /** The companies named. */
    companyIds: z.array(z.string()),
    /** How many entries it has: members of a batch, else one. */
    count: z.number().int(),
    announcedAt: z.string(),
    version: Version,
  }),
);
