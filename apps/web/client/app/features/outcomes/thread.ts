import type { FollowUp, FollowUpStep, StepStage } from '#contracts/outcomes';

/** In their order; the schemas of the contracts are not loaded into the browser for it. */
const stages = ['talking', 'trial', 'agreed', 'delivered', 'ended'] as const satisfies readonly StepStage[];

/** The stages that can come next: later ones, and the end. */
export function nextStages({ stage }: Pick<FollowUp, 'stage'>): StepStage[] {
  return stage === 'open' ? [...stages] : stages.slice(stages.indexOf(stage) + 1);
}

/** The newest step that waits and still can be confirmed: none that a later confirmed one has passed. */
export function waitingStep(followUp: Pick<FollowUp, 'stage' | 'steps'>): FollowUpStep | null {
  const next: readonly string[] = nextStages(followUp);
  return (
    followUp.steps.findLast(({ confirmedAt, stage }) => confirmedAt === null && next.includes(stage)) ?? null
  );
}

/** Those that wait for this company first, then what is open, then what is over; the newest first. */
export function inOrder(followUps: readonly FollowUp[], companyId: string): FollowUp[] {
  const rank = (one: FollowUp): number => {
    const step = waitingStep(one);
    if (step !== null && step.by !== companyId) return 0;
    return nextStages(one).length > 0 ? 1 : 2;
  };
  return followUps.toSorted((a, b) => rank(a) - rank(b) || (a.id < b.id ? 1 : -1));
}
