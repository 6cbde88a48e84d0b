import type { MeetingPlan } from '#contracts/meeting-plans';
import type { Stop } from '#contracts/stops';
import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.js';
import { Choice, FormEnd, Line, Ticks } from '../../form/fields.js';
import { useForm, type Form } from '../../form/use-form.js';
import type { Board } from './board.js';
import type { BoardText } from './board-text.js';
import { faultsOfPlan, firstPlan, planBody, type PlanDraft } from './plan-draft.js';
import { t } from './plan-words.js';

interface Props {
  readonly stop: Stop;
  readonly board: Board;
  readonly text: BoardText;
  readonly onStarted: (id: string) => void;
  readonly isFirst: boolean;
}

/** What is planned, what stays, and how long it may take. */
export function NewPlan({ stop, board, text, onStarted, isFirst }: Props) {
  const client = useQueryClient();
  const scheduled = board.meetings.filter(({ status }) => status === 'scheduled');
  const accepted = board.meetings.filter(({ status }) => status === 'accepted').length;
  const form = useForm<PlanDraft, MeetingPlan>({
    name: `meeting plan ${stop.id}`,
    empty: firstPlan,
    check: (draft) => new Map([...faultsOfPlan(draft)].map(([at, fault]) => [at, t[fault]])),
    send: (draft, idempotencyKey) =>
      call<MeetingPlan>('POST', `/stops/${stop.id}/meeting-plans`, {
        body: planBody(
          draft,
          scheduled.map(({ id }) => id),
        ),
        idempotencyKey,
      }),
    onDone: async (plan) => {
      // The same options again are another plan, not the answer of before.
      form.reset();
      await client.invalidateQueries({ queryKey: ['meeting-plans', stop.id] });
      onStarted(plan.id);
    },
  });
  const isNothing = accepted + scheduled.length === 0;
  return (
    <section aria-labelledby="new">
      <h2 id="new">{t.new}</h2>
      <p>{isNothing ? t.nothing : t.toPlace(accepted, scheduled.length)}</p>
      <form className="stack form" onSubmit={form.submit} noValidate>
        {scheduled.length === 0 ? null : (
          <Choice
            form={form}
            at="keep"
            pointer="/locked"
            label={t.keep}
            isRequired
            options={[
              ['none', t.keepNone],
              ['all', t.keepAll],
              ['some', t.keepSome],
            ]}
          />
        )}
        {form.values.keep === 'some' ? (
          <Ticks
            legend={t.locked}
            options={scheduled.map((one) => [one.id, `${text.pair(one)} · ${text.whereOf(one)}`])}
            chosen={form.values.locked}
            onChange={(locked) => form.set({ locked })}
          />
        ) : null}
        <Options form={form} />
        <FormEnd form={form} label={isFirst ? t.start : t.again} isDisabled={isNothing} />
      </form>
    </section>
  );
}

function Options({ form }: { form: Form<PlanDraft> }) {
  const hasFault = ['/seed', '/steps', '/seconds'].some((at) => form.fault(at) !== undefined);
  return (
    <details className="panel" {...(hasFault ? { open: true } : {})}>
      <summary>{t.more}</summary>
      <div className="stack">
        <Line form={form} at="seed" label={t.seed} hint={t.seedHint} isRequired />
        <Line form={form} at="steps" label={t.steps} hint={t.stepsHint} />
        <Line form={form} at="seconds" label={t.seconds} hint={t.secondsHint} isRequired />
      </div>
    </details>
  );
}
