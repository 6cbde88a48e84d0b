import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Session, SessionStatus } from '#contracts/sessions';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { momentOf } from '../../../../shared/time.js';
import { call } from '../../api/call.js';
import { useKeptText } from '../../form/use-kept-text.js';
import { Sure } from '../../ui/act.js';
import { Facts } from '../../ui/table.js';
import { Ask, Button, Field } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { SpeakerList } from './speaker-list.js';
import { t } from './session-words.js';
import { reviewsOf, useCompanyName, type ReviewList } from './sessions.queries.js';

const tags: Readonly<Record<SessionStatus, string>> = {
  proposed: 'pending',
  accepted: 'confirmed',
  scheduled: 'confirmed',
  rejected: 'declined',
  withdrawn: 'cancelled',
  cancelled: 'cancelled',
};

export function SessionTag({ status }: { status: SessionStatus }) {
  return <span className={`tag tag-${tags[status]}`}>{words.console.session[status]}</span>;
}

interface Props {
  readonly stop: Stop;
  readonly session: Session;
  readonly onClose: () => void;
}

/** One session with all that its organizers may see, and what they can do to it. */
export function SessionDialog({ stop, session, onClose }: Props) {
  const [isCancelling, setCancelling] = useState(false);
  const [reason, setReason, forget] = useKeptText(`cancel session ${session.id}`);
  const given = useQuery(reviewsOf(session.id)).data;
  const company = useCompanyName(session.companyId);
  const title = inLang(session.title, lang);
  const isLive = ['proposed', 'accepted', 'scheduled'].includes(session.status);
  const canCancel = session.status === 'accepted' || session.status === 'scheduled';
  if (isCancelling) {
    return (
      <Sure
        title={t.cancelTitle(title)}
        hint={t.cancelHint}
        action={t.cancel}
        refresh={['sessions', 'timetable']}
        run={(idempotencyKey) =>
          call('POST', `/sessions/${session.id}/cancel`, {
            body: reason.trim() === '' ? {} : { reason: reason.trim() },
            version: session.version,
            idempotencyKey,
          })
        }
        onDone={forget}
        onClose={onClose}
      >
        <Field name="/reason" label={t.reasonField} value={reason} onChange={setReason} autoFocus />
      </Sure>
    );
  }
  return (
    <Ask title={title} isOpen onClose={onClose}>
      <p>
        <SessionTag status={session.status} />
      </p>
      <Facts facts={factsOf(session, stop, company, given)} />
      <h3>{t.speakers}</h3>
      <SpeakerList speakers={session.speakers} />
      <h3>{t.abstract}</h3>
      <p className="abstract">{session.abstract === null ? t.noAbstract : inLang(session.abstract, lang)}</p>
      <p className="actions">
        {isLive ? (
          <Link
            className="button button-main"
            to="/console/stops/$stopId/sessions/$sessionId"
            params={{ stopId: stop.id, sessionId: session.id }}
          >
            {t.edit}
          </Link>
        ) : null}
        {canCancel ? (
          <Button look="danger" onPress={() => setCancelling(true)}>
            {t.cancel}
          </Button>
        ) : null}
        <Button look="plain" onPress={onClose}>
          {words.back}
        </Button>
      </p>
    </Ask>
  );
}

function factsOf(
  session: Session,
  stop: Stop,
  company: string | null,
  given: ReviewList | undefined,
): readonly (readonly [string, string])[] {
  const { kind, durationMinutes, track, startsAt, roomId, reason, companyId } = session;
  const room = stop.rooms.find(({ id }) => id === roomId);
  const place =
    startsAt === null
      ? null
      : [momentOf(startsAt, stop.timeZone, lang), room && inLang(room.name, lang)]
          .filter(Boolean)
          .join(' · ');
  const facts: readonly (readonly [string, string | null])[] = [
    [t.kind, `${t.kinds[kind]} · ${t.minutes(durationMinutes)}`],
    [t.track, track],
    [t.place, place],
    [t.from, companyId === null ? t.own : (company ?? t.company)],
    [t.scoring, scoreOf(given)],
    [t.reason, reason],
  ];
  return facts.flatMap(([term, value]) => (value === null ? [] : [[term, value] as const]));
}

function scoreOf(given: ReviewList | undefined): string | null {
  if (given === undefined || given.averageScore === null) return null;
  return t.average(given.averageScore, given.items.length);
}
