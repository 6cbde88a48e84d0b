import { z } from 'zod';
import { request } from './contract.js';
import { Id, Page, Version, integer, pageOf } from './values/values.js';

export const planStatuses = ['computing', 'ready', 'accepted', 'rejected', 'stale', 'failed'] as const;
export type PlanStatus = (typeof planStatuses)[number];

/** Why a meeting has no place in a plan. */
export const unplacedReasons = ['no_common_slot', 'people_taken', 'tables_taken', 'company_limit'] as const;

/** Steps of local search at most, and where nobody said how many. */
export const maxPlanSteps = 20_000_000;
export const defaultPlanSteps = 2_000_000;
const maxPlanSeconds = 60;
/** Meetings that a request may name: more than a stop has. */
const maxNamed = 20_000;
const largestSeed = 2_147_483_647;

const count = z.number().int();

export const MeetingPlan = z.object({
  id: z.string(),
  kind: z.literal('meetings'),
  stopId: z.string(),
  status: z.enum(planStatuses),
  /** The weights of `items` less the points of `penalties`; `null` until it is known. */
  value: count.nullable(),
  /** No schedule is worth more. */
  bound: count.nullable(),
  /** (bound − value) / bound */
  gap: z.number().nullable(),
  provenBest: z.boolean().nullable(),
  seed: count,
  endedBy: z.enum(['steps', 'time', 'proof']).nullable(),
  items: z.array(z.object({ meetingId: z.string(), startsAt: z.string(), tableNo: count, weight: count })),
  unplaced: z.array(
    z.object({ meetingId: z.string(), weight: count, reasons: z.array(z.enum(unplacedReasons)) }),
  ),
  penalties: z.array(z.object({ kind: z.literal('moved'), count, points: count })),
  progress: z.object({ steps: count, value: count, bound: count.nullable() }),
  createdAt: z.string(),
  version: Version,
});
export type MeetingPlan = z.output<typeof MeetingPlan>;

const meetingIds = z
  .array(Id)
  .max(maxNamed)
  .refine((ids) => new Set(ids).size === ids.length, { error: 'must name each meeting once' });

export const startMeetingPlan = request('rpc.matching.start-meeting-plan.v1', {
  input: z.strictObject({
    stopId: Id,
    body: z
      .strictObject({
        seed: integer(0, largestSeed).default(1),
        steps: integer(0, maxPlanSteps).optional(),
        seconds: z.number().min(0).max(maxPlanSeconds).default(10),
        locked: meetingIds.default([]),
      })
      .prefault({}),
  }),
  output: MeetingPlan,
  errors: ['resource.not_found', 'plan.running', 'plan.nothing_to_place'],
});

export const listMeetingPlans = request('rpc.matching.list-meeting-plans.v1', {
  input: z.strictObject({ stopId: Id, ...Page.shape }),
  output: pageOf(MeetingPlan),
  errors: ['resource.not_found'],
});

export const getPlan = request('rpc.matching.get-plan.v1', {
  input: z.strictObject({ id: Id }),
  output: MeetingPlan,
  errors: ['resource.not_found'],
});

export const acceptPlan = request('rpc.matching.accept-plan.v1', {
  input: z.strictObject({
    id: Id,
    body: z.strictObject({ items: meetingIds.min(1).optional() }).prefault({}),
  }),
  output: MeetingPlan,
  errors: [
    'resource.not_found',
    'precondition.failed',
    'plan.invalid_transition',
    'plan.stale',
    'plan.conflict',
  ],
});

const end = (verb: 'reject' | 'cancel') =>
  request(`rpc.matching.${verb}-plan.v1`, {
    input: z.strictObject({ id: Id, body: z.strictObject({}).prefault({}) }),
    output: MeetingPlan,
    errors: ['resource.not_found', 'precondition.failed', 'plan.invalid_transition'],
  });

export const rejectPlan = end('reject');
export const cancelPlan = end('cancel');
