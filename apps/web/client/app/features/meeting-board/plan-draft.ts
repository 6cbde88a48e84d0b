/** The options of a plan as they are typed. */
export interface PlanDraft {
  readonly keep: string;
  /** Scheduled meetings that stay where they are, where some are chosen. */
  readonly locked: readonly string[];
  readonly seed: string;
  readonly steps: string;
  readonly seconds: string;
}

export const firstPlan: PlanDraft = { keep: 'none', locked: [], seed: '1', steps: '', seconds: '10' };

const [largestSeed, maxSteps, maxSeconds] = [2_147_483_647, 20_000_000, 60];

export type PlanFault = 'wrongSeed' | 'wrongSteps' | 'wrongSeconds';

export function faultsOfPlan(draft: PlanDraft): Map<string, PlanFault> {
  const faults = new Map<string, PlanFault>();
  if (!isWhole(draft.seed, largestSeed)) faults.set('/seed', 'wrongSeed');
  if (draft.steps.trim() !== '' && !isWhole(draft.steps, maxSteps)) faults.set('/steps', 'wrongSteps');
  const seconds = numberOf(draft.seconds);
  if (draft.seconds.trim() === '' || !(seconds >= 0 && seconds <= maxSeconds))
    faults.set('/seconds', 'wrongSeconds');
  return faults;
}

/** @param scheduled the meetings that have a place now: others can't be kept */
export function planBody(draft: PlanDraft, scheduled: readonly string[]) {
  const locked =
    draft.keep === 'all'
      ? scheduled
      : draft.keep === 'some'
        ? scheduled.filter((id) => draft.locked.includes(id))
        : [];
  return {
    seed: numberOf(draft.seed),
    ...(draft.steps.trim() === '' ? {} : { steps: numberOf(draft.steps) }),
    seconds: numberOf(draft.seconds),
    locked,
  };
}

const plain = (text: string): string => text.normalize('NFKC').replaceAll(',', '').trim();
const numberOf = (text: string): number => Number(plain(text));
const isWhole = (text: string, most: number): boolean =>
  /^\d{1,10}$/.test(plain(text)) && numberOf(text) <= most;
