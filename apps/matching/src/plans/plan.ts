import { Problem, type MeetingPlan, type PlanStatus } from '#contracts';

export type PlanItem = MeetingPlan['items'][number];
/** What came of a computation. */
export type PlanResult = Required<
  Pick<MeetingPlan, 'items' | 'unplaced' | 'penalties'> & {
    value: number;
    bound: number;
    endedBy: NonNullable<MeetingPlan['endedBy']>;
  }
>;

/** A plan as stored. */
export interface PlanRecord {
  readonly id: string;
  readonly stopId: string;
  readonly organizationId: string;
  readonly status: Exclude<PlanStatus, 'stale'>;
  readonly seed: number;
  readonly steps: number;
  readonly seconds: number;
  /** Scheduled meetings that keep their places. */
  readonly locked: readonly string[];
  /** The versions of what it was made from. */
  readonly basis: string | null;
  readonly progress: MeetingPlan['progress'];
  readonly result: PlanResult | null;
  readonly createdAt: string;
  readonly version: number;
}

export type PlanMove = 'accept' | 'reject' | 'cancel';

const rules: Readonly<Record<PlanMove, { from: readonly PlanStatus[]; to: PlanRecord['status'] }>> = {
  accept: { from: ['ready'], to: 'accepted' },
  reject: { from: ['ready', 'stale'], to: 'rejected' },
  cancel: { from: ['computing'], to: 'rejected' },
};

/** A ready plan whose meetings, rules or attendances have changed since can't be accepted any more. */
export function presentStatus(plan: PlanRecord, basis: string): PlanStatus {
  return plan.status === 'ready' && plan.basis !== basis ? 'stale' : plan.status;
}

/** The plan after a move. Throws `plan.stale` or `plan.invalid_transition`. @param basis the present versions */
export function moved(plan: PlanRecord, move: PlanMove, basis: string): PlanRecord {
  const status = presentStatus(plan, basis);
  const { from, to } = rules[move];
  if (move === 'accept' && status === 'stale')
    throw new Problem('plan.stale', 'A meeting, the rules or an attendance changed since. Make a new plan.');
  if (!from.includes(status))
    throw new Problem('plan.invalid_transition', `A plan that is ${status} can't be changed by ${move}.`);
  return { ...plan, status: to, version: plan.version + 1 };
}

/** The items that are to be accepted: all, or those of the named meetings. Null where the plan has no such item. */
export function chosenItems(
  { result }: PlanRecord,
  meetingIds: readonly string[] | undefined,
): readonly PlanItem[] | null {
  const items = result?.items ?? [];
  if (meetingIds === undefined) return items;
  const byMeeting = new Map(items.map((item) => [item.meetingId, item]));
  const chosen = meetingIds.flatMap((id) => byMeeting.get(id) ?? []);
  return chosen.length === meetingIds.length ? chosen : null;
}

/** As the organizer sees it. @param basis the present versions */
export function shown(plan: PlanRecord, basis: string): MeetingPlan {
  const { id, stopId, seed, progress, result, createdAt, version } = plan;
  return {
    id,
    kind: 'meetings',
    stopId,
    status: presentStatus(plan, basis),
    value: result?.value ?? null,
    bound: result?.bound ?? null,
    gap: result === null ? null : gapOf(result),
    provenBest: result === null ? null : result.value === result.bound,
    seed,
    endedBy: result?.endedBy ?? null,
    items: result?.items ?? [],
    unplaced: result?.unplaced ?? [],
    penalties: result?.penalties ?? [],
    progress,
    createdAt,
    version,
  };
}

function gapOf({ value, bound }: PlanResult): number {
  return bound === 0 ? 0 : (bound - value) / bound;
}

/** What the audit keeps: counts, and no meetings. */
export function auditedOf({ stopId, status, seed, result }: PlanRecord): object {
  return {
    stopId,
    status,
    seed,
    items: result?.items.length ?? null,
    unplaced: result?.unplaced.length ?? null,
    value: result?.value ?? null,
    bound: result?.bound ?? null,
  };
}
