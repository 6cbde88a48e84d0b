import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, createLazyRoute, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Session } from '#contracts/sessions';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { stopTitle } from '../../../../shared/stop-title.js';
import { momentOf } from '../../../../shared/time.js';
import { call, newIdempotencyKey } from '../../api/call.js';
import { reviews, sessions, stop as stopQuery } from '../../api/queries.js';
import { Ask, Button, Field, Loaded, Problem } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { reviewKey } from './review-keys.js';
import { StopTabs } from './stop-tabs.js';

const t = words.console;
const scores = [1, 2, 3, 4, 5] as const;
const tags: Readonly<Record<Session['status'], string>> = {
  proposed: 'pending',
  accepted: 'confirmed',
  scheduled: 'confirmed',
  rejected: 'declined',
  withdrawn: 'cancelled',
  cancelled: 'cancelled',
};

function Page() {
  const { stopId = '' } = useParams({ strict: false });
  const query = useQuery(stopQuery(stopId));
  return (
    <SignedIn role="organizer">
      {() => <Loaded query={query}>{(stop) => <OfStop stop={stop} />}</Loaded>}
    </SignedIn>
  );
}

function OfStop({ stop }: { stop: Stop }) {
  const query = useQuery(sessions(stop.id));
  return (
    <>
      <p className="crumb">
        <Link to="/console">{t.tours}</Link>
      </p>
      <h1>{stopTitle(stop, lang).text}</h1>
      <StopTabs stopId={stop.id} />
      <Loaded query={query}>
        {(all) => (
          <>
            <Queue proposals={all.filter(({ status }) => status === 'proposed')} />
            <h2>{t.sessions}</h2>
            {all.length === 0 ? <p className="empty">{t.noSessions}</p> : null}
            <ul className="rows">
              {all.map((one) => (
                <li key={one.id}>
                  <span>
                    <strong>{inLang(one.title, lang)}</strong>{' '}
                    <span className={`tag tag-${tags[one.status]}`}>{t.session[one.status]}</span>
                    <br />
                    <span className="muted">
                      {one.startsAt === null
                        ? t.minutes(one.durationMinutes)
                        : momentOf(one.startsAt, stop.timeZone, lang)}
                    </span>
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </>
  );
}

/** One proposal after the other: read, score, accept or go on, all of it by keys too. */
function Queue({ proposals }: { proposals: readonly Session[] }) {
  const [at, setAt] = useState(0);
  if (proposals.length === 0) return null;
  const current = proposals[at % proposals.length];
  if (current === undefined) return null;
  return (
    <section className="panel" aria-labelledby="queue">
      <h2 id="queue">{t.toReview(proposals.length)}</h2>
      <Proposal key={current.id} session={current} onNext={() => setAt((now) => now + 1)} />
      <p className="muted">{t.keys}</p>
    </section>
  );
}

function Proposal({ session, onNext }: { session: Session; onNext: () => void }) {
  const client = useQueryClient();
  const given = useQuery(reviews(session.id));
  const [isRejecting, setRejecting] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey: ['sessions'] });
  const score = useMutation({
    mutationFn: (points: number) =>
      call('PUT', `/sessions/${session.id}/review`, { body: { score: points } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['reviews', session.id] }),
  });
  const accept = useMutation({
    mutationFn: () =>
      call('POST', `/sessions/${session.id}/accept`, { body: {}, idempotencyKey: newIdempotencyKey() }),
    onSuccess: refresh,
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const inText =
        event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      const { key, isComposing, ctrlKey, metaKey, altKey } = event;
      const meant = isRejecting ? null : reviewKey({ key, isComposing, ctrlKey, metaKey, altKey, inText });
      if (meant?.kind === 'score') score.mutate(meant.score);
      else if (meant?.kind === 'accept' && !accept.isPending) accept.mutate();
      else if (meant?.kind === 'next') onNext();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
  const title = inLang(session.title, lang);
  return (
    <>
      <h3>{title}</h3>
      <p className="muted">
        {t.minutes(session.durationMinutes)} ·{' '}
        {session.speakers
          .map(({ name, organization }) => [name, organization].filter(Boolean).join(' '))
          .join(', ')}
      </p>
      {session.abstract === null ? null : <p className="abstract">{inLang(session.abstract, lang)}</p>}
      <div className="actions" role="group" aria-label={t.review}>
        {scores.map((points) => (
          <Button key={points} look="plain" aria-label={t.score(points)} onPress={() => score.mutate(points)}>
            {points}
          </Button>
        ))}
        <span className="muted" role="status">
          {given.data === undefined || given.data.averageScore === null
            ? ''
            : t.average(given.data.averageScore, given.data.items.length)}
        </span>
      </div>
      <Problem error={score.error ?? accept.error} />
      <p className="actions">
        <Button isDisabled={accept.isPending} onPress={() => accept.mutate()}>
          {t.accept}
        </Button>
        <Button look="danger" onPress={() => setRejecting(true)}>
          {t.reject}
        </Button>
        <Button look="plain" onPress={onNext}>
          {t.next}
        </Button>
      </p>
      {isRejecting ? (
        <Reject session={session} title={title} onClose={() => setRejecting(false)} onDone={refresh} />
      ) : null}
    </>
  );
}

interface RejectProps {
  readonly session: Session;
  readonly title: string;
  readonly onClose: () => void;
  readonly onDone: () => unknown;
}

function Reject({ session, title, onClose, onDone }: RejectProps) {
  const [reason, setReason] = useState('');
  const reject = useMutation({
    mutationFn: () =>
      call('POST', `/sessions/${session.id}/reject`, {
        body: reason.trim() === '' ? {} : { reason: reason.trim() },
        idempotencyKey: newIdempotencyKey(),
      }),
    onSuccess: () => {
      onClose();
      onDone();
    },
  });
  return (
    <Ask title={t.rejectTitle(title)} isOpen onClose={onClose}>
      <Field name="/reason" label={t.declineReason} value={reason} onChange={setReason} />
      <Problem error={reject.error} />
      <p className="actions">
        <Button look="danger" isDisabled={reject.isPending} onPress={() => reject.mutate()}>
          {t.reject}
        </Button>
        <Button look="plain" onPress={onClose}>
          {words.back}
        </Button>
      </p>
    </Ask>
  );
}

export const route = createLazyRoute('/console/stops/$stopId/sessions')({ component: Page });
