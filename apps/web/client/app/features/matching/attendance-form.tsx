import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { MeetingAttendance } from '#contracts/meetings';
import type { Registration } from '#contracts/registrations';
import type { Stop } from '#contracts/stops';
import { call } from '../../api/call.js';
import { FormEnd, Labelled, Line, Ticks } from '../../form/fields.js';
import { useForm, type Form } from '../../form/use-form.js';
import { Button, Loaded } from '../../ui/ui.js';
import {
  attendanceBody,
  draftOfAttendance,
  faultsOfAttendance,
  type AttendanceDraft,
  type PeriodRow,
} from './attendance-draft.js';
import { ownMeetingAttendance } from './matching.queries.js';
import { attendanceFaultWords, t } from './meeting-words.js';

interface Props {
  readonly stop: Stop;
  readonly delegates: readonly Registration['delegates'][number][];
}

/** Who of the company comes to meetings, when nobody has time, and how many it wants. */
export function AttendancePanel(props: Props) {
  const query = useQuery(ownMeetingAttendance(props.stop.id));
  return (
    <details className="panel">
      <summary>{t.attendance}</summary>
      <p className="muted">{t.attendanceHint}</p>
      <Loaded query={query}>{(said) => <AttendanceForm {...props} said={said} />}</Loaded>
    </details>
  );
}

function AttendanceForm({ stop, delegates, said }: Props & { readonly said: MeetingAttendance }) {
  const client = useQueryClient();
  const [isSaved, setSaved] = useState(false);
  const before = draftOfAttendance(said, stop.timeZone);
  const form = useForm<AttendanceDraft, MeetingAttendance>({
    name: `meeting attendance ${stop.id}`,
    empty: before,
    check: (draft) =>
      new Map(
        [...faultsOfAttendance(draft, stop.timeZone)].map(([at, fault]) => [at, attendanceFaultWords(fault)]),
      ),
    send: (draft) =>
      call<MeetingAttendance>('PUT', `/stops/${stop.id}/meeting-attendance`, {
        body: attendanceBody(draft, stop.timeZone),
      }),
    onDone: async (answer) => {
      setSaved(true);
      client.setQueryData(ownMeetingAttendance(stop.id).queryKey, answer);
    },
  });
  const isSame = JSON.stringify(form.values) === JSON.stringify(before);
  return (
    <form className="stack form" onSubmit={form.submit} noValidate>
      <Ticks
        legend={t.who}
        options={delegates.map(({ id, name }) => [id, name])}
        chosen={form.values.delegateIds}
        onChange={(delegateIds) => form.set({ delegateIds })}
        fault={form.fault('/delegateIds')}
      />
      <Periods form={form} />
      <Line form={form} at="maxMeetings" label={t.maxMeetings} hint={t.maxHint} />
      {isSaved && isSame ? (
        <p className="notice notice-good" role="status">
          {t.saved}
        </p>
      ) : null}
      <FormEnd form={form} label={t.save} isDisabled={isSame}>
        {isSame && !isSaved ? <span className="muted">{t.nothing}</span> : null}
      </FormEnd>
    </form>
  );
}

function Periods({ form }: { form: Form<AttendanceDraft> }) {
  const rows = form.values.unavailable;
  const set = (unavailable: readonly PeriodRow[]): void => form.set({ unavailable });
  return (
    <fieldset className="ticks">
      <legend className="field-label">{t.unavailable}</legend>
      {rows.map((row, at) => (
        <div className="two" role="group" aria-label={t.period(at + 1)} key={at}>
          {(['from', 'to'] as const).map((name) => (
            <Labelled key={name} label={t[name]} fault={form.fault(`/unavailable/${at}/${name}`)} isRequired>
              {(described) => (
                <input
                  {...described}
                  className="field-input"
                  type="datetime-local"
                  value={row[name]}
                  onChange={(event) =>
                    set(
                      rows.map((one, index) => (index === at ? { ...one, [name]: event.target.value } : one)),
                    )
                  }
                />
              )}
            </Labelled>
          ))}
          <p>
            <Button
              look="plain"
              aria-label={t.removePeriod(at + 1)}
              onPress={() => set(rows.filter((_, index) => index !== at))}
            >
              ✕
            </Button>
          </p>
        </div>
      ))}
      <p>
        <Button look="plain" onPress={() => set([...rows, { from: '', to: '' }])}>
          {t.addPeriod}
        </Button>
      </p>
    </fieldset>
  );
}
