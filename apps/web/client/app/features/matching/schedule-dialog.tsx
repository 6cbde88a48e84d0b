import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Meeting, MeetingRules } from '#contracts/meetings';
import type { Stop } from '#contracts/stops';
import { shortDateOf, timeOf } from '../../../../shared/time.js';
import { call } from '../../api/call.js';
import { Labelled } from '../../form/fields.js';
import { Sure } from '../../ui/act.js';
import { lang } from '../../words/index.js';
import { slotChoices } from './attendance-draft.js';
import { ownMeetingAttendance } from './matching.queries.js';
import { t } from './meeting-words.js';

interface Props {
  readonly meeting: Meeting;
  /** Of the other company. */
  readonly name: string;
  readonly stop: Stop;
  readonly rules: MeetingRules;
  /** The company's own meetings at this stop. */
  readonly own: readonly Meeting[];
  readonly onClose: () => void;
}

const changed = ['meetings', 'meeting'];

/** Where participants plan for themselves: a slot for a meeting, or another one. The table comes by itself. */
export function ScheduleDialog({ meeting, name, stop, rules, own, onClose }: Props) {
  const said = useQuery(ownMeetingAttendance(stop.id));
  const placed = own.filter(({ status }) => status === 'scheduled');
  const choices = slotChoices(rules, placed, said.data?.unavailable ?? [], meeting.id);
  const [chosen, setChosen] = useState<string | null>(null);
  const first = choices.find(({ isBusy }) => !isBusy)?.startsAt ?? '';
  const startsAt = chosen ?? meeting.startsAt ?? first;
  const isBusy = choices.find((one) => one.startsAt === startsAt)?.isBusy ?? true;
  const textOf = (at: string): string =>
    `${shortDateOf(at, stop.timeZone, lang)} ${timeOf(at, stop.timeZone)}`;
  return (
    <Sure
      title={t.timeTitle(name)}
      hint={t.timeHint}
      action={t.setTime}
      look="main"
      isDisabled={isBusy || startsAt === meeting.startsAt}
      run={(idempotencyKey) =>
        call('POST', `/meetings/${meeting.id}/schedule`, {
          body: { startsAt },
          idempotencyKey,
          version: meeting.version,
        })
      }
      refresh={changed}
      onClose={onClose}
    >
      <Labelled label={t.time} isRequired>
        {(described) => (
          <select
            {...described}
            className="field-input"
            value={startsAt}
            onChange={(event) => setChosen(event.target.value)}
          >
            {choices.map((one) => (
              <option key={one.startsAt} value={one.startsAt}>
                {one.isBusy ? `${textOf(one.startsAt)} ✕ ${t.busy}` : textOf(one.startsAt)}
              </option>
            ))}
          </select>
        )}
      </Labelled>
    </Sure>
  );
}

export function DropTimeDialog({ meeting, name, onClose }: Pick<Props, 'meeting' | 'name' | 'onClose'>) {
  return (
    <Sure
      title={t.dropTitle(name)}
      hint={t.dropHint}
      action={t.dropTime}
      run={(idempotencyKey) =>
        call('POST', `/meetings/${meeting.id}/unschedule`, {
          body: {},
          idempotencyKey,
          version: meeting.version,
        })
      }
      refresh={changed}
      onClose={onClose}
    />
  );
}
