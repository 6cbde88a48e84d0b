import { useState } from 'react';
import type { Stop } from '#contracts/stops';
import { dayOf } from '../../../../shared/time.js';
import { Choice, Labelled, Line, Lines } from '../../form/fields.js';
import type { Form } from '../../form/use-form.js';
import { Button } from '../../ui/ui.js';
import { slotsOfDraft, startsOfDays, type DayHours, type RulesDraft } from './rules-draft.js';
import { t } from './rules-words.js';

interface Props {
  readonly form: Form<RulesDraft>;
  readonly stop: Stop;
}

export function RulesFields({ form, stop }: Props) {
  return (
    <>
      <h2>{t.how}</h2>
      <Choice
        form={form}
        at="scheduling"
        label={t.scheduling}
        hint={t.schedulingHint}
        isRequired
        options={[
          ['organizer', t.byOrganizer],
          ['participants', t.byParticipants],
        ]}
      />
      <h2>{t.windows}</h2>
      <div className="two">
        <Line form={form} at="opensAt" type="datetime-local" label={t.opensAt} isRequired />
        <Line
          form={form}
          at="closesAt"
          type="datetime-local"
          label={t.closesAt}
          hint={t.closesHint}
          isRequired
        />
      </div>
      <h2>{t.slots}</h2>
      <Slots form={form} stop={stop} />
      <h2>{t.limits}</h2>
      <div className="two">
        <Line form={form} at="requestQuota" label={t.requestQuota} hint={t.quotaHint} isRequired />
        <Line form={form} at="expiresHours" label={t.expiresHours} hint={t.expiresHint} isRequired />
      </div>
    </>
  );
}

function Slots({ form, stop }: Props) {
  return (
    <>
      <Choice
        form={form}
        at="slots"
        pointer="/slots/kind"
        label={t.kind}
        isRequired
        options={[
          ['range', t.range],
          ['list', t.list],
        ]}
      />
      <div className="two">
        <Line
          form={form}
          at="minutes"
          pointer="/slots/minutes"
          label={t.minutes}
          hint={t.minutesHint}
          isRequired
        />
        <Line
          form={form}
          at="breakMinutes"
          pointer="/slots/breakMinutes"
          label={t.breakMinutes}
          hint={t.breakHint}
          isRequired
        />
      </div>
      {form.values.slots === 'list' ? (
        <>
          <FillIn form={form} stop={stop} />
          <Lines
            form={form}
            at="starts"
            pointer="/slots/starts"
            label={t.starts}
            hint={t.startsHint}
            rows={8}
            isRequired
          />
        </>
      ) : (
        <div className="two">
          <Line form={form} at="from" pointer="/slots/from" type="datetime-local" label={t.from} isRequired />
          <Line form={form} at="to" pointer="/slots/to" type="datetime-local" label={t.to} isRequired />
        </div>
      )}
      <Line form={form} at="tables" label={t.tables} hint={t.tablesHint} isRequired />
      <Preview form={form} stop={stop} />
    </>
  );
}

const maxSlots = 1_000;

function Preview({ form, stop }: Props) {
  const starts = slotsOfDraft(form.values, stop.timeZone);
  const days = new Set(starts.map((ms) => dayOf(new Date(ms).toISOString(), stop.timeZone))).size;
  const tables = Number(form.values.tables.normalize('NFKC'));
  const isKnown = starts.length > 0 && Number.isInteger(tables) && tables > 0;
  return (
    <p role="status" className="notice">
      {starts.length > maxSlots
        ? t.tooMany
        : isKnown
          ? t.preview(starts.length, days, starts.length * tables)
          : t.previewNone}
    </p>
  );
}

/** Makes the list of starts from the hours of a day, so that nobody has to type forty lines. */
function FillIn({ form, stop }: Props) {
  const [hours, setHours] = useState<DayHours>({
    from: '09:00',
    to: '17:00',
    pauseFrom: '12:00',
    pauseTo: '13:30',
  });
  const [filled, setFilled] = useState<number | null>(null);
  const fill = (): void => {
    const number = (text: string): number => Number(text.normalize('NFKC')) || 0;
    const { minutes, breakMinutes } = form.values;
    const starts = startsOfDays(stop, hours, number(minutes), number(breakMinutes));
    form.set({ starts });
    setFilled(starts === '' ? 0 : starts.split('\n').length);
  };
  const times = [
    ['from', t.dayFrom],
    ['to', t.dayTo],
    ['pauseFrom', t.pauseFrom],
    ['pauseTo', t.pauseTo],
  ] as const;
  return (
    <details className="panel">
      <summary>{t.fill}</summary>
      <p className="muted">{t.fillHint}</p>
      <div className="two">
        {times.map(([name, label]) => (
          <Labelled key={name} label={label} isRequired={name === 'from' || name === 'to'}>
            {(described) => (
              <input
                {...described}
                className="field-input"
                type="time"
                value={hours[name]}
                onChange={(event) => setHours({ ...hours, [name]: event.target.value })}
              />
            )}
          </Labelled>
        ))}
      </div>
      <p className="actions">
        <Button look="plain" onPress={fill}>
          {t.fillNow}
        </Button>
        <span role="status">{filled === null ? '' : t.filled(filled)}</span>
      </p>
    </details>
  );
}
