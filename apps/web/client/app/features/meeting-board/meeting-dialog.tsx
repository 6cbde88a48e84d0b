import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Meeting } from '#contracts/meetings';
import { inLang } from '../../../../shared/language.js';
import { call } from '../../api/call.js';
import { Sure, useAct } from '../../ui/act.js';
import { Facts } from '../../ui/table.js';
import { Ask, Button, Field, Problem } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { listings } from '../matching/matching.queries.js';
import { personOf, placeOf } from './board.js';
import { t } from './board-words.js';
import type { PartProps } from './meeting-board.js';
import { useMove } from './meeting-board.queries.js';
import { PlaceForm } from './place-form.js';
import { reasonWords } from '../matching/reason-words.js';

interface Props extends PartProps {
  readonly meeting: Meeting;
  readonly onClose: () => void;
}

/** Everything about one meeting, and everything that can be done to it: also for phones and screen readers. */
export function MeetingDialog(props: Props) {
  const { meeting, stop, text, onClose } = props;
  const [isCancelling, setCancelling] = useState(false);
  const moving = useMove(stop.id, onClose);
  const isOpen = meeting.status === 'accepted' || meeting.status === 'scheduled';
  const canChange = isOpen && stop.status !== 'cancelled';
  if (isCancelling) return <Cancel {...props} onBack={() => setCancelling(false)} />;
  return (
    <Ask title={text.pair(meeting)} isOpen onClose={onClose}>
      <AboutMeeting {...props} />
      {canChange ? <PlaceForm {...props} moving={moving} /> : null}
      <Problem error={moving.error} />
      <Attendance {...props} />
      <p className="actions">
        {canChange && placeOf(meeting) !== null ? (
          <Button look="plain" isDisabled={moving.isBusy} onPress={() => moving.act({ meeting, to: null })}>
            {t.unschedule}
          </Button>
        ) : null}
        {canChange ? (
          <Button look="danger" onPress={() => setCancelling(true)}>
            {t.cancel}
          </Button>
        ) : null}
        <Button look="plain" onPress={onClose}>
          {words.back}
        </Button>
      </p>
      {canChange && placeOf(meeting) !== null ? <p className="muted">{t.unscheduleHint}</p> : null}
    </Ask>
  );
}

function AboutMeeting({ meeting, stop, board, text }: Props) {
  const published = useQuery({ ...listings(stop.tourId), enabled: meeting.listingId !== null });
  const listing = published.data?.find(({ id }) => id === meeting.listingId);
  const who = (companyId: string, isNamed: boolean): string => {
    const name = personOf(board, meeting, companyId)?.name ?? '–';
    return isNamed || name === '–' ? name : t.firstOf(name);
  };
  const { asker, asked } = meeting.delegates;
  const facts: (readonly [string, string])[] = [
    [t.state, t.status[meeting.status]],
    [t.where, text.whereOf(meeting)],
    [text.company(meeting.askerId), who(meeting.askerId, asker !== null)],
    [text.company(meeting.askedId), who(meeting.askedId, asked !== null)],
    ...(listing === undefined ? [] : [[t.about, inLang(listing.title, lang)] as const]),
    ...(meeting.reason === null ? [] : [[t.gaveWay, reasonWords(meeting.reason)] as const]),
  ];
  return (
    <>
      <Facts facts={facts} />
      {meeting.message === null ? null : <blockquote aria-label={t.message}>{meeting.message}</blockquote>}
    </>
  );
}

const attended: readonly Meeting['status'][] = ['scheduled', 'held', 'missed'];

function Attendance({ meeting, stop, text }: Props) {
  const recording = useAct<Meeting, object>({
    run: (body, idempotencyKey) =>
      call<Meeting>('POST', `/meetings/${meeting.id}/attendance`, {
        body,
        idempotencyKey,
        version: meeting.version,
      }),
    refresh: ['meetings'],
  });
  if (!attended.includes(meeting.status) || meeting.startsAt === null || stop.status === 'cancelled')
    return null;
  const hasBegun = Date.parse(meeting.startsAt) <= Date.now();
  const choices = [
    [t.wasHeld, { held: true }, meeting.status === 'held'],
    [t.wasMissed(text.company(meeting.askerId)), { missed: 'asker' }, meeting.missed === 'asker'],
    [t.wasMissed(text.company(meeting.askedId)), { missed: 'asked' }, meeting.missed === 'asked'],
    [t.bothMissed, { missed: 'both' }, meeting.missed === 'both'],
  ] as const;
  return (
    <section aria-labelledby="attendance">
      <h3 id="attendance">{t.attendance}</h3>
      <p className="muted">{hasBegun ? t.attendanceHint : t.attendanceNotYet}</p>
      {hasBegun ? (
        <p className="tabs" role="group" aria-labelledby="attendance">
          {choices.map(([words_, body, isSo]) => (
            <button
              key={words_}
              type="button"
              aria-pressed={isSo}
              disabled={recording.isBusy}
              onClick={() => recording.act(body)}
            >
              {words_}
            </button>
          ))}
        </p>
      ) : null}
      <Problem error={recording.error} />
      {recording.data === undefined || recording.error !== null ? null : <p role="status">{t.recorded}</p>}
    </section>
  );
}

function Cancel({ meeting, text, onClose, onBack }: Props & { readonly onBack: () => void }) {
  const [reason, setReason] = useState('');
  const body = reason.trim() === '' ? {} : { reason: reason.trim() };
  return (
    <Sure
      title={t.cancelTitle(text.pair(meeting))}
      hint={t.cancelHint}
      action={t.cancel}
      run={(idempotencyKey) =>
        call('POST', `/meetings/${meeting.id}/cancel`, { body, idempotencyKey, version: meeting.version })
      }
      refresh={['meetings', 'meeting-plans', 'meeting-plan']}
      onClose={onBack}
      onDone={onClose}
    >
      <Field name="/reason" label={t.reason} value={reason} onChange={setReason} />
    </Sure>
  );
}
