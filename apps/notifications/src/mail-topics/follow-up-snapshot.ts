import type { FollowUpState } from '#contracts';

/** What is kept of a follow-up: which step waits for whose confirmation. */
export interface FollowUpSnapshot {
  readonly companies: readonly string[];
  readonly waiting: { readonly n: number; readonly by: string } | null;
}

/** The newest step that was not confirmed, where it still can be. */
export function followUpSnapshot({ companies, stage, steps }: FollowUpState): FollowUpSnapshot {
  const step = stage === 'ended' ? undefined : steps.findLast(({ confirmedAt }) => confirmedAt === null);
  const isOpen =
    step !== undefined && !steps.some(({ n, confirmedAt }) => n > step.n && confirmedAt !== null);
  return { companies, waiting: isOpen ? { n: step.n, by: step.by } : null };
}
