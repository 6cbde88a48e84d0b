import {
  Problem,
  followUpStages,
  formatInstant,
  maxSteps,
  notFound,
  type FollowUp,
  type FollowUpStage,
  type FollowUpState,
  type FollowUpStep,
  type StepStage,
} from '#contracts';

export interface FollowUpRecord extends FollowUp {
  readonly tourId: string;
  readonly organizationId: string;
}

/** One of the two companies by its id, or `organizer`. */
export type Party = string;
export const organizerParty: Party = 'organizer';

export interface StepDraft {
  readonly stage: StepStage;
  readonly note?: string | null | undefined;
  readonly amount?: number | null | undefined;
}

/** Forward only; stages may be left out, and it can end at each but the end. */
function isForward(from: FollowUpStage, to: FollowUpStage): boolean {
  return from !== 'ended' && followUpStages.indexOf(to) > followUpStages.indexOf(from);
}

function refuseBackward(from: FollowUpStage, to: FollowUpStage): void {
  if (isForward(from, to)) return;
  throw new Problem('outcome.invalid_transition', `A follow-up that is ${from} can't become ${to}.`);
}

/** The follow-up with one more step, which waits for another's confirmation. */
export function withStep(followUp: FollowUpRecord, draft: StepDraft, by: Party, now: Date): FollowUpRecord {
  refuseBackward(followUp.stage, draft.stage);
  if (followUp.steps.length >= maxSteps)
    throw new Problem('outcome.invalid_transition', `A follow-up has at most ${maxSteps} steps.`);
  const step: FollowUpStep = {
    n: followUp.steps.length + 1,
    stage: draft.stage,
    note: draft.note ?? null,
    amount: draft.amount ?? null,
    by,
    at: formatInstant(now),
    confirmedBy: null,
    confirmedAt: null,
  };
  return { ...followUp, steps: [...followUp.steps, step] };
}

/** The follow-up at the stage of a step, which somebody else than its author confirms. */
export function withConfirmed(followUp: FollowUpRecord, n: number, by: Party, now: Date): FollowUpRecord {
  const step = followUp.steps.find((one) => one.n === n);
  if (step === undefined) throw notFound('step');
  if (step.by === by)
    throw new Problem('outcome.own_step', 'The other side or the organizer confirms this step.');
  if (step.confirmedAt !== null)
    throw new Problem('outcome.invalid_transition', 'The step is confirmed already.');
  refuseBackward(followUp.stage, step.stage);
  const confirmed = { ...step, confirmedBy: by, confirmedAt: formatInstant(now) };
  return {
    ...followUp,
    stage: step.stage,
    steps: followUp.steps.map((one) => (one.n === n ? confirmed : one)),
  };
}

export function shownFollowUp({
  tourId: _tourId,
  organizationId: _organizationId,
  ...shown
}: FollowUpRecord): FollowUp {
  return shown;
}

/** What other services keep of it. */
export function stateOf(followUp: FollowUpRecord): FollowUpState {
  const { id, stopId, tourId, organizationId, meetingId, companies, stage, version } = followUp;
  const steps = followUp.steps.map(({ note: _note, amount: _amount, ...step }) => step);
  return { followUpId: id, stopId, tourId, organizationId, meetingId, companies, stage, steps, version };
}

/** What the audit keeps: no subject, no notes, no amounts. */
export function auditedOf({ stopId, meetingId, companies, stage, steps }: FollowUpRecord): object {
  return { stopId, meetingId, companies, stage, steps: steps.length };
}
