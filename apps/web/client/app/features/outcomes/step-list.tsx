import type { FollowUp, FollowUpStep } from '#contracts/outcomes';
import { shortDateOf } from '../../../../shared/time.js';
import { lang } from '../../words/index.js';
import { t } from './follow-up-words.js';
import { waitingStep } from './thread.js';

/** The zone in which an installation of this tour reads moments that belong to no stop. */
const zone = 'Asia/Shanghai';

/** What was reported of a follow-up, oldest first, and for whose confirmation it waits. */
export function StepList({ followUp, companyId }: { followUp: FollowUp; companyId: string }) {
  if (followUp.steps.length === 0) return <p className="muted">{t.noSteps}</p>;
  const waiting = waitingStep(followUp);
  return (
    <ol className="rows" aria-label={t.steps}>
      {followUp.steps.map((step) => (
        <li key={step.n}>
          <span>
            <strong>{t.stages[step.stage]}</strong> · {whoOf(step, companyId)} ·{' '}
            <time dateTime={step.at}>{shortDateOf(step.at, zone, lang)}</time>
            {step.amount === null ? null : ` · ${t.yuan(step.amount)}`}
            {step.note === null ? null : (
              <>
                <br />
                {step.note}
              </>
            )}
          </span>
          <span className="muted">{stateOf(step, waiting, companyId)}</span>
        </li>
      ))}
    </ol>
  );
}

function whoOf({ by }: FollowUpStep, companyId: string): string {
  if (by === 'organizer') return t.organizer;
  return by === companyId ? t.we : t.they;
}

function stateOf(step: FollowUpStep, waiting: FollowUpStep | null, companyId: string): string {
  if (step.confirmedAt !== null) return t.confirmed;
  if (step.n !== waiting?.n) return '';
  return step.by === companyId ? t.otherTurn : t.yourTurn;
}
