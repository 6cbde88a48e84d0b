import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Meeting } from '#contracts/meetings';
import type { MeetingOutcome } from '#contracts/outcomes';
import { call } from '../../api/call.js';
import { Labelled } from '../../form/fields.js';
import { Sure } from '../../ui/act.js';
import { Button, Field, Loading } from '../../ui/ui.js';
import { t } from './follow-up-words.js';
import { meetingOutcome } from './outcomes.queries.js';

interface Props {
  readonly meeting: Meeting;
  readonly companyId: string;
  /** Of the other company. */
  readonly name: string;
}

/** What a company can do once a meeting was held: say what it led to, and begin a follow-up. */
export function HeldMeeting(props: Props) {
  const [open, setOpen] = useState<'outcome' | 'begin' | null>(null);
  const onClose = () => setOpen(null);
  return (
    <>
      <Button look="plain" onPress={() => setOpen('outcome')}>
        {t.outcome}
        <span className="hidden-visually"> {props.name}</span>
      </Button>
      <Button look="plain" onPress={() => setOpen('begin')}>
        {t.begin}
        <span className="hidden-visually"> {props.name}</span>
      </Button>
      {open === 'outcome' ? <KnownOutcome {...props} onClose={onClose} /> : null}
      {open === 'begin' ? <Begin {...props} onClose={onClose} /> : null}
    </>
  );
}

interface DialogProps extends Props {
  readonly onClose: () => void;
}

/** The form begins with what the company said before. */
function KnownOutcome(props: DialogProps) {
  const { meeting, companyId } = props;
  const query = useQuery({ ...meetingOutcome(meeting.id), staleTime: 0 });
  if (query.data === undefined && query.error === null) return <Loading />;
  const said = meeting.askerId === companyId ? query.data?.asker : query.data?.asked;
  return <Outcome {...props} said={said ?? null} />;
}

function Outcome({ meeting, name, said, onClose }: DialogProps & { said: MeetingOutcome | null }) {
  const [useful, setUseful] = useState(said?.useful ?? 3);
  const [next, setNext] = useState<string>(said?.next ?? 'none');
  const [note, setNote] = useState(said?.note ?? '');
  const body = { useful, next, ...(note.trim() === '' ? {} : { note: note.trim() }) };
  return (
    <Sure
      title={t.outcomeTitle(name)}
      hint={t.outcomeHint}
      action={t.save}
      look="main"
      run={() => call('PUT', `/meetings/${meeting.id}/outcome`, { body })}
      refresh={['meeting-outcome']}
      onClose={onClose}
    >
      <Choice
        label={t.useful}
        value={String(useful)}
        onChange={(value) => setUseful(Number(value))}
        choices={Object.entries(t.usefulChoices)}
      />
      <Choice label={t.next} value={next} onChange={setNext} choices={Object.entries(t.nextChoices)} />
      <Field name="/note" label={t.note} value={note} onChange={setNote} />
    </Sure>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly choices: readonly (readonly [value: string, text: string])[];
}

function Choice({ label, value, onChange, choices }: ChoiceProps) {
  return (
    <Labelled label={label} isRequired>
      {(described) => (
        <select
          {...described}
          className="field-input"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          {choices.map(([one, text]) => (
            <option key={one} value={one}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

function Begin({ meeting, name, onClose }: DialogProps) {
  const [subject, setSubject] = useState('');
  const body = { meetingId: meeting.id, stopId: meeting.stopId, subject: subject.trim() };
  return (
    <Sure
      title={t.beginTitle(name)}
      action={t.start}
      look="main"
      isDisabled={subject.trim() === ''}
      run={(idempotencyKey) => call('POST', '/follow-ups', { body, idempotencyKey })}
      refresh={['follow-ups']}
      onClose={onClose}
    >
      <Field
        name="/subject"
        label={t.subject}
        hint={t.subjectHint}
        value={subject}
        onChange={setSubject}
        isRequired
      />
    </Sure>
  );
}
