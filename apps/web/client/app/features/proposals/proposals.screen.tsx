import { useQueries, useQuery } from '@tanstack/react-query';
import { Link, createLazyRoute } from '@tanstack/react-router';
import type { Me } from '#contracts/people';
import type { Session } from '#contracts/sessions';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { stopTitle } from '../../../../shared/stop-title.js';
import { momentOf } from '../../../../shared/time.js';
import { call } from '../../api/call.js';
import { sessions, stops } from '../../api/queries.js';
import { AskFirst } from '../../ui/act.js';
import { Screen } from '../../ui/screen.js';
import { Loaded, Nothing } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { t } from './words.js';

/** A stop stays here this long after its end, for the history of its sessions. */
const keptMs = 60 * 86_400_000;

const tags: Readonly<Record<Session['status'], string>> = {
  proposed: 'pending',
  accepted: 'confirmed',
  scheduled: 'confirmed',
  rejected: 'declined',
  withdrawn: 'cancelled',
  cancelled: 'cancelled',
};

function Page() {
  const query = useQuery(stops);
  return (
    <SignedIn role="company">
      {(person) => (
        <Screen title={t.title} lead={t.lead}>
          <Loaded query={query}>
            {(tours) => {
              const all = tours.flatMap(({ stops: some }) => some);
              return <Proposals person={person} stops={all.filter(isRecent)} />;
            }}
          </Loaded>
        </Screen>
      )}
    </SignedIn>
  );
}

const isRecent = ({ endsAt }: Stop): boolean => Date.parse(endsAt) > Date.now() - keptMs;
const takesProposals = ({ status, endsAt }: Stop): boolean =>
  status === 'published' && Date.parse(endsAt) > Date.now();

function Proposals({ person, stops: some }: { person: Me; stops: readonly Stop[] }) {
  const asked = useQueries({ queries: some.map(({ id }) => sessions(id)) });
  const mine = some.flatMap((stop, at) =>
    (asked[at]?.data ?? [])
      .filter(({ companyId }) => companyId === person.companyId)
      .map((session) => ({ stop, session })),
  );
  const open = some.filter(takesProposals);
  const isWhole = asked.every(({ data }) => data !== undefined);
  return (
    <>
      {mine.length === 0 ? <Nothing isKnown={isWhole} words={t.none} /> : null}
      <ul className="rows">
        {mine.map(({ stop, session }) => (
          <ProposalRow key={session.id} stop={stop} session={session} />
        ))}
      </ul>
      <h2>{t.where}</h2>
      {open.length === 0 ? <p className="empty">{t.noStops}</p> : null}
      <ul className="rows">
        {open.map((stop) => {
          const name = stopTitle(stop, lang).text;
          return (
            <li key={stop.id}>
              <strong>{name}</strong>
              <Link
                className="button button-plain"
                to="/company/stops/$stopId/sessions/new"
                params={{ stopId: stop.id }}
                aria-label={t.proposeAt(name)}
              >
                {t.propose}
              </Link>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function ProposalRow({ stop, session }: { stop: Stop; session: Session }) {
  const { id, status, startsAt, reason, version } = session;
  const title = inLang(session.title, lang);
  const canEdit = status === 'proposed' || status === 'accepted';
  return (
    <li>
      <span>
        <strong>{title}</strong>{' '}
        <span className={`tag tag-${tags[status]}`}>{words.console.session[status]}</span>
        <br />
        <span className="muted">
          {stopTitle(stop, lang).text}
          {startsAt === null ? '' : ` · ${momentOf(startsAt, stop.timeZone, lang)}`}
          {reason === null ? '' : ` · ${t.reason}: ${reason}`}
        </span>
      </span>
      <span className="actions">
        {canEdit ? (
          <Link
            className="button button-plain"
            to="/company/sessions/$id"
            params={{ id }}
            aria-label={t.editLabel(title)}
          >
            {t.edit}
          </Link>
        ) : null}
        {canEdit || status === 'scheduled' ? (
          <AskFirst
            button={t.withdraw}
            label={t.withdrawLabel(title)}
            title={t.withdrawTitle(title)}
            hint={t.withdrawHint}
            action={t.withdraw}
            run={(idempotencyKey) =>
              call('POST', `/sessions/${id}/withdraw`, { body: {}, version, idempotencyKey })
            }
            refresh={['sessions']}
          />
        ) : null}
      </span>
    </li>
  );
}

export const route = createLazyRoute('/company/sessions')({ component: Page });
