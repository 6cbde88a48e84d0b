import type { FollowUp, FollowUpStep } from '#contracts/outcomes';

const dayMs = 24 * 3_600_000;
/** After so many days without a step a follow-up is worth a question. */
const silentDays = 14;

export interface Due {
  readonly followUp: FollowUp;
  /** The newest step that waits for somebody's confirmation. */
  readonly waiting: FollowUpStep | null;
  /** Whole days since anything happened. */
  readonly days: number;
}

/** What somebody should look at: steps without an answer first, then what stands still, the oldest first. */
export function dueOf(followUps: readonly FollowUp[], now: Date): Due[] {
  return followUps
    .filter(({ stage }) => stage !== 'ended' && stage !== 'delivered')
    .map((followUp) => {
      const waiting = followUp.steps.findLast((step) => step.confirmedAt === null) ?? null;
      return { followUp, waiting, days: Math.floor((now.getTime() - lastChange(followUp)) / dayMs) };
    })
    .filter(({ waiting, days }) => waiting !== null || days >= silentDays)
    .toSorted((a, b) => Number(b.waiting !== null) - Number(a.waiting !== null) || b.days - a.days);
}

function lastChange({ createdAt, steps }: FollowUp): number {
  const moments = steps.flatMap(({ at, confirmedAt }) => [at, confirmedAt ?? at]);
  return Math.max(...[createdAt, ...moments].map((moment) => Date.parse(moment)));
}
