import './releases.css';
import { useQuery } from '@tanstack/react-query';
import { Link, createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import type { Session, Timetable, TimetableRelease } from '#contracts/sessions';
import type { Stop } from '#contracts/stops';
import { inLang, pathIn } from '../../../../shared/language.js';
import { momentOf } from '../../../../shared/time.js';
import { call } from '../../api/call.js';
import { sessions as sessionsQuery } from '../../api/queries.js';
import { useKeptText } from '../../form/use-kept-text.js';
import { Sure } from '../../ui/act.js';
import { OfStop } from '../../ui/of-address.js';
import { Button, Loaded } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { StopScreen } from '../organizer/stop-screen.js';
import { Changes, countsOf } from './changes.js';
import { differenceOf } from './difference.js';
import { Exports } from './exports.js';
import { releaseChecks, type ReleaseCheck } from './release-checks.js';
import { releases, sessionSeats, timetables } from './releases.queries.js';
import { t } from './releases-words.js';

/** Titles that one point of the checklist names. */
const maxTitles = 5;

const Page = () => (
  <SignedIn role="organizer">{() => <OfStop>{(stop) => <Releases stop={stop} />}</OfStop>}</SignedIn>
);

function Releases({ stop }: { stop: Stop }) {
  const made = useQuery(releases(stop.id));
  return (
    <StopScreen stop={stop} title={t.title}>
      <p className="muted">{t.lead}</p>
      <Loaded query={made}>
        {(list) => (
          <>
            <NextRelease stop={stop} hasRelease={list.length > 0} />
            <h2>{t.list}</h2>
            <Made stop={stop} list={list} />
            {list.length === 0 ? null : <Exports stop={stop} />}
          </>
        )}
      </Loaded>
    </StopScreen>
  );
}

function NextRelease({ stop, hasRelease }: { stop: Stop; hasRelease: boolean }) {
  const both = useQuery({ ...timetables(stop.id, hasRelease), refetchOnMount: 'always' });
  const all = useQuery({ ...sessionsQuery(stop.id), refetchOnMount: 'always' });
  const [done, setDone] = useState<number | null>(null);
  return (
    <>
      {done === null ? null : (
        <p className="notice notice-good" role="status">
          {t.released(done)} <a href={pathIn(lang, `/stops/${stop.id}/timetable`)}>{t.see}</a>
        </p>
      )}
      <Loaded query={both}>
        {(timetable) => (
          <Loaded query={all}>
            {(sessions) => <Next stop={stop} sessions={sessions} {...timetable} onDone={setDone} />}
          </Loaded>
        )}
      </Loaded>
    </>
  );
}

interface NextProps {
  readonly stop: Stop;
  readonly sessions: readonly Session[];
  readonly draft: Timetable;
  readonly released: Timetable | null;
  readonly onDone: (version: number) => void;
}

/** What would be released, what speaks against it, and the button. */
function Next({ stop, sessions, draft, released, onDone }: NextProps) {
  const seats = useQuery({ ...sessionSeats(stop.id), enabled: released !== null });
  const [note, setNote, forget] = useKeptText(`release ${stop.id}`);
  const [isAsking, setAsking] = useState(false);
  const changes = differenceOf(released, draft);
  const checks = releaseChecks({ stop, sessions, draft, changes, seats: seats.data ?? [] });
  const isOpen = stop.status === 'draft' || stop.status === 'published';
  const isStopped = checks.some(({ weight }) => weight === 'stops');
  const number = (released?.release.version ?? 0) + 1;
  return (
    <section aria-labelledby="next">
      <h2 id="next">
        {t.next} <span className="muted">{t.version(number)}</span>
      </h2>
      <h3>{t.checklist}</h3>
      <Checklist checks={checks} stopId={stop.id} />
      {isStopped ? null : (
        <>
          <h3>{t.changes}</h3>
          {released === null ? <p className="muted">{t.first}</p> : null}
          <Changes stop={stop} changes={changes} />
          <label className="field release-note">
            <span className="field-label">{t.note}</span>
            <textarea
              className="field-input"
              rows={2}
              maxLength={2_000}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
            <span className="field-hint">{t.noteHint}</span>
          </label>
        </>
      )}
      <p className="actions">
        <Button isDisabled={isStopped || !isOpen} onPress={() => setAsking(true)}>
          {t.release}
        </Button>
      </p>
      {isAsking ? (
        <Sure
          title={t.releaseTitle(number)}
          hint={t.releaseHint(countsOf(changes))}
          action={t.release}
          look="main"
          refresh={['timetable', 'releases', 'session-seats']}
          run={async (idempotencyKey) => {
            const body = note.trim() === '' ? {} : { note: note.trim() };
            const path = `/stops/${stop.id}/timetable/releases`;
            const made = await call<TimetableRelease>('POST', path, { body, idempotencyKey });
            onDone(made.version);
            forget();
          }}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </section>
  );
}

function Checklist({ checks, stopId }: { checks: readonly ReleaseCheck[]; stopId: string }) {
  if (checks.length === 0) return <p className="release-check release-check-good">✓ {t.allWell}</p>;
  return (
    <ul className="release-checks">
      {checks.map((check) => (
        <li key={check.kind} className={`release-check release-check-${check.weight}`}>
          <span aria-hidden="true">{check.weight === 'stops' ? '✕' : '!'}</span>
          <span>
            <Check check={check} stopId={stopId} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Check({ check, stopId }: { check: ReleaseCheck; stopId: string }) {
  if (!('sessions' in check)) return t.checks[check.kind];
  const { kind, sessions } = check;
  const titles = sessions.slice(0, maxTitles).map(({ title }) => inLang(title, lang));
  const rest = sessions.length - titles.length;
  return (
    <>
      {t.checks[kind](sessions.length)}
      {lang === 'zh' ? titles.join('、') : ` ${titles.join(', ')}`}
      {rest > 0 ? ` … ${t.more(rest)}` : ''}{' '}
      {kind === 'unscheduled' || kind === 'tooSmall' ? (
        <Link to="/console/stops/$stopId/planner" params={{ stopId }}>
          {t.toPlanner}
        </Link>
      ) : null}
      {kind === 'unreviewed' ? (
        <Link to="/console/stops/$stopId/sessions" params={{ stopId }}>
          {t.toReview}
        </Link>
      ) : null}
    </>
  );
}

function Made({ stop, list }: { stop: Stop; list: readonly TimetableRelease[] }) {
  if (list.length === 0) return <p className="empty">{t.noReleases}</p>;
  const newest = Math.max(...list.map(({ version }) => version));
  return (
    <ul className="rows">
      {[...list]
        .sort((a, b) => b.version - a.version)
        .map((one) => (
          <li key={one.version}>
            <div className="release">
              <strong>{t.version(one.version)}</strong>{' '}
              {one.version === newest ? <span className="tag tag-confirmed">{t.current}</span> : null}{' '}
              <span className="muted">{momentOf(one.publishedAt, stop.timeZone, lang)}</span>
              {one.note === null ? null : <p className="release-said">{one.note}</p>}
              <details>
                <summary>
                  {t.show}
                  <span className="muted release-counts">{countsOf(one.changes)}</span>
                </summary>
                <Changes stop={stop} changes={one.changes} />
                <p>
                  <a href={`${pathIn(lang, `/stops/${stop.id}/timetable`)}?release=${one.version}`}>
                    {t.open}
                  </a>
                </p>
              </details>
            </div>
          </li>
        ))}
    </ul>
  );
}

export const route = createLazyRoute('/console/stops/$stopId/releases')({ component: Page });
