import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Meeting, MeetingRules } from '#contracts/meetings';
import type { Registration } from '#contracts/registrations';
import type { Stop } from '#contracts/stops';
import { privacyTextVersion } from '../../../../shared/privacy-text.js';
import { call } from '../../api/call.js';
import { Labelled } from '../../form/fields.js';
import { Sure } from '../../ui/act.js';
import { Facts } from '../../ui/table.js';
import { Ask, Button, Field, Loaded } from '../../ui/ui.js';
import { meeting as meetingQuery } from './matching.queries.js';
import { DropTimeDialog, ScheduleDialog } from './schedule-dialog.js';
import { t } from './words.js';

export interface OpenMeeting {
  readonly kind:
    'accept' | 'decline' | 'withdraw' | 'cancel' | 'delegate' | 'show' | 'schedule' | 'drop-time';
  readonly meeting: Meeting;
  /** Of the other company. */
  readonly name: string;
  readonly companyId: string;
}

type Delegates = readonly Registration['delegates'][number][];

interface Props {
  readonly open: OpenMeeting | null;
  readonly delegates: Delegates;
  readonly stop: Stop;
  readonly rules: MeetingRules | null;
  readonly own: readonly Meeting[];
  readonly onClose: () => void;
}

const changed = ['meetings', 'meeting', 'suggestions'];

export function MeetingDialogs({ open, delegates, stop, rules, own, onClose }: Props) {
  if (open === null) return null;
  switch (open.kind) {
    case 'schedule':
      return rules === null ? null : <ScheduleDialog {...open} {...{ stop, rules, own, onClose }} />;
    case 'drop-time':
      return <DropTimeDialog {...open} onClose={onClose} />;
    case 'accept':
    case 'delegate':
      return <WhoComes open={open} delegates={delegates} onClose={onClose} />;
    case 'show':
      return <Contact open={open} onClose={onClose} />;
    case 'decline':
      return (
        <WithReason
          open={open}
          title={t.declineTitle(open.name)}
          hint={t.declineHint}
          action={t.decline}
          onClose={onClose}
        />
      );
    case 'withdraw':
      return <WithReason open={open} title={t.withdrawTitle} action={t.withdraw} onClose={onClose} />;
    case 'cancel':
      return (
        <WithReason
          open={open}
          title={t.cancelTitle(open.name)}
          hint={t.cancelHint}
          action={t.cancel}
          onClose={onClose}
        />
      );
  }
}

interface WithReasonProps {
  readonly open: OpenMeeting;
  readonly title: string;
  readonly hint?: string;
  readonly action: string;
  readonly onClose: () => void;
}

function WithReason({ open: { kind, meeting }, title, hint, action, onClose }: WithReasonProps) {
  const [reason, setReason] = useState('');
  const body = reason.trim() === '' ? {} : { reason: reason.trim() };
  return (
    <Sure
      title={title}
      {...(hint === undefined ? {} : { hint })}
      action={action}
      run={(idempotencyKey) =>
        call('POST', `/meetings/${meeting.id}/${kind}`, { body, idempotencyKey, version: meeting.version })
      }
      refresh={changed}
      onClose={onClose}
    >
      <Field name="/reason" label={t.reason} value={reason} onChange={setReason} />
    </Sure>
  );
}

/** Who of the company comes, with that person's consent to be known to the other side. */
function WhoComes({
  open: { kind, meeting, name },
  delegates,
  onClose,
}: Pick<Props, 'delegates' | 'onClose'> & { open: OpenMeeting }) {
  const [delegateId, setDelegateId] = useState(delegates[0]?.id ?? '');
  const [agrees, setAgrees] = useState(false);
  const body = { delegateId, consent: { textVersion: privacyTextVersion } };
  return (
    <Sure
      title={kind === 'accept' ? t.acceptTitle(name) : t.setDelegate}
      action={kind === 'accept' ? t.accept : t.save2}
      look="main"
      isDisabled={!agrees || delegateId === ''}
      run={(idempotencyKey) =>
        kind === 'accept'
          ? call('POST', `/meetings/${meeting.id}/accept`, { body, idempotencyKey, version: meeting.version })
          : call('PUT', `/meetings/${meeting.id}/delegate`, { body, version: meeting.version })
      }
      refresh={changed}
      onClose={onClose}
    >
      <Labelled label={t.who} isRequired>
        {(described) => (
          <select
            {...described}
            className="field-input"
            value={delegateId}
            onChange={(event) => setDelegateId(event.target.value)}
          >
            {delegates.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <label className="tick">
        <input type="checkbox" checked={agrees} onChange={(event) => setAgrees(event.target.checked)} />
        <span>{t.consent}</span>
      </label>
    </Sure>
  );
}

/** Asked for when somebody wants to see it: each look is recorded. */
function Contact({
  open: { meeting, name, companyId },
  onClose,
}: {
  open: OpenMeeting;
  onClose: () => void;
}) {
  const query = useQuery({ ...meetingQuery(meeting.id), staleTime: 0 });
  return (
    <Ask title={t.with(name)} isOpen onClose={onClose}>
      <Loaded query={query}>
        {({ delegates, askerId }) => {
          const isAsker = askerId === companyId;
          const [ours, theirs] = isAsker
            ? [delegates.asker, delegates.asked]
            : [delegates.asked, delegates.asker];
          return (
            <>
              <h3>{t.contact}</h3>
              {theirs === null || theirs.name === null ? (
                <p className="muted">{t.contactHidden}</p>
              ) : (
                <Facts
                  facts={[
                    [theirs.name, theirs.jobTitle ?? ''],
                    ['@', theirs.email ?? ''],
                    ['☎', theirs.mobile ?? ''],
                  ]}
                />
              )}
              <h3>{t.ours}</h3>
              <p>{ours?.name ?? t.nobody}</p>
            </>
          );
        }}
      </Loaded>
      <p className="actions">
        <Button look="plain" onPress={onClose}>
          {t.close}
        </Button>
      </p>
    </Ask>
  );
}
