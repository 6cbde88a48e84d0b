import { z } from 'zod';
import { event, request } from './contract.js';
import { Id, Name, Note, Page, Version, integer, pageOf, statesOf, wholeNumber } from './values/values.js';

// ── Outcomes of meetings ────────────────────────────────────────────────────────────────────────

export const nextSteps = ['none', 'talk', 'trial', 'agreement'] as const;

/** What one side says of a meeting. */
export const MeetingOutcome = z.object({
  useful: z.number().int(),
  next: z.enum(nextSteps),
  note: z.string().nullable(),
  at: z.string(),
});
export type MeetingOutcome = z.output<typeof MeetingOutcome>;

export const setMeetingOutcome = request('rpc.outcomes.set-meeting-outcome.v1', {
  input: z.strictObject({
    id: Id,
    body: z.strictObject({ useful: integer(1, 5), next: z.enum(nextSteps), note: Note.nullish() }),
  }),
  output: MeetingOutcome,
  errors: ['resource.not_found', 'outcome.not_held'],
});

/** A company sees its own side alone. */
export const getMeetingOutcome = request('rpc.outcomes.get-meeting-outcome.v1', {
  input: z.strictObject({ id: Id }),
  output: z.object({ asker: MeetingOutcome.nullable(), asked: MeetingOutcome.nullable() }),
  errors: ['resource.not_found'],
});

/** Whether a side said what a meeting led to: then its attendance is no longer said anew. */
export const hasMeetingOutcome = request('rpc.outcomes.has-meeting-outcome.v1', {
  input: z.object({ id: Id }),
  output: z.object({ stands: z.boolean() }),
});

/** That a side said what a meeting led to; the note stays here. */
export const meetingOutcomeChanged = event(
  'evt.outcomes.meeting-outcome-changed.v1',
  z.object({
    meetingId: z.string(),
    stopId: z.string(),
    organizationId: z.string(),
    /** What each side rates and wants next; `null` for one that has said nothing. */
    asker: MeetingOutcome.pick({ useful: true, next: true }).nullable(),
    asked: MeetingOutcome.pick({ useful: true, next: true }).nullable(),
    version: Version,
  }),
);

// ── Follow-ups ──────────────────────────────────────────────────────────────────────────────────

export const followUpStages = ['open', 'talking', 'trial', 'agreed', 'delivered', 'ended'] as const;
export type FollowUpStage = (typeof followUpStages)[number];
export const stepStages = ['talking', 'trial', 'agreed', 'delivered', 'ended'] as const;
export type StepStage = (typeof stepStages)[number];

/** Steps of one follow-up at most. */
export const maxSteps = 200;

export const FollowUpStep = z.object({
  n: z.number().int(),
  stage: z.enum(stepStages),
  note: z.string().nullable(),
  /** Whole yuan. */
  amount: z.number().int().nullable(),
  /** The company that says so, or `organizer`. */
  by: z.string(),
  at: z.string(),
  confirmedBy: z.string().nullable(),
  confirmedAt: z.string().nullable(),
});
export type FollowUpStep = z.output<typeof FollowUpStep>;

export const FollowUp = z.object({
  id: z.string(),
  stopId: z.string(),
  meetingId: z.string().nullable(),
  companies: z.array(z.string()),
  subject: z.string(),
  stage: z.enum(followUpStages),
  steps: z.array(FollowUpStep),
  createdAt: z.string(),
  version: Version,
});
export type FollowUp = z.output<typeof FollowUp>;

const Pair = z
  .array(Id)
  .length(2, { error: 'must name two companies' })
  .refine(([a, b]) => a !== b, { error: 'must name two different companies' })
  .meta({ examples: [['019b2f5e-7c00-7000-8000-000000000012', '019b2f5e-7c00-7000-8000-000000000018']] });

export const createFollowUp = request('rpc.outcomes.create-follow-up.v1', {
  input: z.strictObject({
    body: z.union([
      z.strictObject({ meetingId: Id, stopId: Id, subject: Name }),
      z.strictObject({ companies: Pair, stopId: Id, subject: Name }),
    ]),
  }),
  output: FollowUp,
  errors: ['resource.not_found', 'stop.cancelled'],
});

export const listFollowUps = request('rpc.outcomes.list-follow-ups.v1', {
  input: z.strictObject({
    ...Page.shape,
    stopId: Id.optional(),
    /** Those of other stops of its tour that are not over and whose two companies both come to this stop. */
    carriedTo: Id.optional(),
    stage: statesOf(followUpStages).optional(),
  }),
  output: pageOf(FollowUp),
});

export const getFollowUp = request('rpc.outcomes.get-follow-up.v1', {
  input: z.strictObject({ id: Id }),
  output: FollowUp,
  errors: ['resource.not_found'],
});

const stepErrors = ['resource.not_found', 'precondition.failed', 'outcome.invalid_transition'] as const;

export const addFollowUpStep = request('rpc.outcomes.add-follow-up-step.v1', {
  input: z.strictObject({
    id: Id,
    body: z.strictObject({
      stage: z.enum(stepStages),
      note: Note.nullish(),
      amount: integer(0, Number.MAX_SAFE_INTEGER).nullish(),
    }),
  }),
  output: FollowUp,
  errors: stepErrors,
});

export const confirmFollowUpStep = request('rpc.outcomes.confirm-follow-up-step.v1', {
  input: z.strictObject({ id: Id, n: wholeNumber(1, maxSteps) }),
  output: FollowUp,
  errors: [...stepErrors, 'outcome.own_step'],
});

/** What others keep of a follow-up: no subject, no notes. */
export const FollowUpState = z.object({
  followUpId: z.string(),
  stopId: z.string(),
  tourId: z.string(),
  organizationId: z.string(),
  meetingId: z.string().nullable(),
  companies: z.array(z.string()),
  stage: z.enum(followUpStages),
  steps: z.array(
    FollowUpStep.pick({ n: true, stage: true, by: true, at: true, confirmedBy: true, confirmedAt: true }),
  ),
  version: Version,
});
export type FollowUpState = z.output<typeof FollowUpState>;

export const followUpChanged = event('evt.outcomes.follow-up-changed.v1', FollowUpState);

// ── Personal data ───────────────────────────────────────────────────────────────────────────────

/** The caller's follow-ups at all stops, oldest first. */
export const exportFollowUps = request('rpc.outcomes.export-follow-ups.v1', {
  input: z.strictObject(Page.shape),
  output: pageOf(FollowUp),
});

/** What the caller said of its meetings. */
export const exportMeetingOutcomes = request('rpc.outcomes.export-meeting-outcomes.v1', {
  input: z.strictObject(Page.shape),
  output: pageOf(MeetingOutcome.extend({ meetingId: z.string() })),
});
