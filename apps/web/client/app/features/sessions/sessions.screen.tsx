import './sessions.css';
import { useQuery } from '@tanstack/react-query';
import { Link, createLazyRoute, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Session } from '#contracts/sessions';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { momentOf } from '../../../../shared/time.js';
import { sessions as sessionsQuery } from '../../api/queries.js';
import { OfStop } from '../../ui/of-address.js';
import { Table, type Column } from '../../ui/table.js';
import { Field, Loaded } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { StopScreen } from '../organizer/stop-screen.js';
import { SessionDialog, SessionTag } from './session-dialog.js';
import { hasText, sessionSearch, sessionStates, type SessionSearch } from './session-search.js';
import { t } from './session-words.js';

const typingMs = 300;

const Page = () => (
  <SignedIn role="organizer">{() => <OfStop>{(stop) => <Sessions stop={stop} />}</OfStop>}</SignedIn>
);

function Sessions({ stop }: { stop: Stop }) {
  const query = useQuery(sessionsQuery(stop.id));
  return (
    <StopScreen stop={stop} title={t.title}>
      <Loaded query={query}>{(all) => <SessionList stop={stop} all={all} />}</Loaded>
    </StopScreen>
  );
}

function SessionList({ stop, all }: { stop: Stop; all: readonly Session[] }) {
  const search = sessionSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const set = (changed: Partial<Record<keyof SessionSearch, string | undefined>>): void =>
    void navigate({
      to: '/console/stops/$stopId/sessions',
      params: { stopId: stop.id },
      search: sessionSearch({ ...search, ...changed }),
      replace: true,
    });
  const [q, setQ] = useState(search.q ?? '');
  const [openId, setOpenId] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (q !== (search.q ?? '')) set({ q });
    }, typingMs);
    return () => clearTimeout(timer);
  });
  const found = all.filter((one) => hasText(one, search.q ?? ''));
  const rows = found.filter(({ status }) => search.status === undefined || status === search.status);
  const proposed = all.filter(({ status }) => status === 'proposed').length;
  const open = all.find(({ id }) => id === openId);
  return (
    <>
      <p className="actions">
        {proposed === 0 ? null : (
          <Link
            className="button button-main"
            to="/console/stops/$stopId/reviews"
            params={{ stopId: stop.id }}
          >
            {t.toReview(proposed)}
          </Link>
        )}
        <Link
          className="button button-plain"
          to="/console/stops/$stopId/sessions/new"
          params={{ stopId: stop.id }}
        >
          {t.add}
        </Link>
        <Link
          className="button button-plain"
          to="/console/stops/$stopId/planner"
          params={{ stopId: stop.id }}
        >
          {t.plan}
        </Link>
        <Link className="button button-plain" to="/console/stops/$stopId/import" params={{ stopId: stop.id }}>
          {t.import}
        </Link>
      </p>
      {all.length === 0 ? (
        <p className="empty">{t.empty}</p>
      ) : (
        <>
          <Field name="q" isSearch label={t.search} value={q} onChange={setQ} />
          <nav className="tabs" aria-label={t.state}>
            {[undefined, ...sessionStates].map((status) => (
              <button
                key={status ?? 'all'}
                type="button"
                aria-pressed={search.status === status}
                onClick={() => set({ status })}
              >
                {status === undefined ? t.all : words.console.session[status]}{' '}
                <span className="muted">
                  {found.filter((one) => status === undefined || one.status === status).length}
                </span>
              </button>
            ))}
          </nav>
          <Table
            label={t.title}
            columns={columnsOf(stop, setOpenId)}
            rows={rows}
            keyOf={({ id }) => id}
            empty={t.noMatch}
          />
        </>
      )}
      {open === undefined ? null : (
        <SessionDialog stop={stop} session={open} onClose={() => setOpenId(null)} />
      )}
    </>
  );
}

function columnsOf(stop: Stop, onOpen: (id: string) => void): readonly Column<Session>[] {
  return [
    {
      head: t.session,
      cell: ({ id, title, speakers }) => (
        <>
          <button
            type="button"
            className="session-open"
            aria-label={t.details(inLang(title, lang))}
            onClick={() => onOpen(id)}
          >
            {inLang(title, lang)}
          </button>
          <br />
          <span className="muted">
            {speakers
              .map(({ name, organization }) => [name, organization].filter(Boolean).join(' '))
              .join(lang === 'zh' ? '、' : ', ')}
          </span>
        </>
      ),
    },
    { head: t.state, cell: (one) => <SessionTag status={one.status} /> },
    { head: t.track, cell: ({ track }) => track ?? '–' },
    {
      head: t.length,
      cell: ({ durationMinutes }) => <span className="nowrap">{t.minutes(durationMinutes)}</span>,
    },
    { head: t.place, cell: (one) => placeOf(one, stop) },
  ];
}

function placeOf({ startsAt, roomId, status }: Session, stop: Stop): string {
  if (startsAt === null) return status === 'accepted' ? t.unscheduled : '–';
  const room = stop.rooms.find(({ id }) => id === roomId);
  return [momentOf(startsAt, stop.timeZone, lang), room && inLang(room.name, lang)]
    .filter(Boolean)
    .join(' · ');
}

export const route = createLazyRoute('/console/stops/$stopId/sessions')({ component: Page });
