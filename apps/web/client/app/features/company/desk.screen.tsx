import { useQueries, useQuery } from '@tanstack/react-query';
import { Link, createLazyRoute } from '@tanstack/react-router';
import { inLang } from '../../../../shared/language.js';
import { stopTitle } from '../../../../shared/stop-title.js';
import { dateRange, momentOf } from '../../../../shared/time.js';
import { company, registrations, stops } from '../../api/queries.js';
import type { Registration } from '#contracts/registrations';
import type { Stop } from '#contracts/stops';
import { useTitle } from '../../ui/screen.js';
import { Loaded, Nothing, StatusTag } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';

const t = words.desk;

/** A stop stays on the desk this long after its end, for its badges and its history. */
const keptMs = 60 * 86_400_000;

const Desk = () => <SignedIn role="company">{() => <DeskOfCompany />}</SignedIn>;

function DeskOfCompany() {
  const profile = useQuery(company);
  const known = useQuery(stops);
  const name = profile.data === undefined ? null : inLang(profile.data.name, lang);
  useTitle(name === null ? t.title : `${name} · ${t.title}`);
  return (
    <>
      <h1>
        {name ?? t.title}{' '}
        {profile.data === undefined ? null : (
          <span
            className={`tag tag-${profile.data.status === 'verified' ? 'confirmed' : profile.data.status}`}
          >
            {t[profile.data.status]}
          </span>
        )}
      </h1>
      <Loaded query={known}>
        {(tours) => {
          const all = tours.flatMap(({ stops: some }) => some);
          return (
            <StopsOfCompany stops={all.filter(({ endsAt }) => Date.parse(endsAt) > Date.now() - keptMs)} />
          );
        }}
      </Loaded>
    </>
  );
}

function StopsOfCompany({ stops: some }: { stops: readonly Stop[] }) {
  const mine = useQueries({ queries: some.map(({ id }) => registrations(id)) });
  const rows = some.map((stop, at) => ({ stop, query: mine[at] }));
  const registered = rows.flatMap(({ stop, query }) =>
    (query?.data ?? []).map((one) => ({ stop, registration: one })),
  );
  const isLive = ({ status }: Registration) => status !== 'cancelled' && status !== 'declined';
  // Where it is not known yet whether the company has registered, it is not asked to.
  const open = rows.filter(
    ({ stop, query }) => stop.registrationState === 'open' && query?.data?.some(isLive) === false,
  );
  const isWhole = mine.every(({ data }) => data !== undefined);
  return (
    <>
      <ToDos registered={registered} />
      <section aria-labelledby="mine">
        <h2 id="mine">{t.mine}</h2>
        {registered.length === 0 ? <Nothing isKnown={isWhole} words={t.mineNone} /> : null}
        <ul className="cards">
          {registered.map(({ stop, registration }) => (
            <li key={registration.id} className="card">
              <h3>
                <Link to="/company/registrations/$id" params={{ id: registration.id }}>
                  {stopTitle(stop, lang).text}
                </Link>
              </h3>
              <p className="muted">{dateRange(stop.startsAt, stop.endsAt, stop.timeZone, lang)}</p>
              <p>
                <StatusTag status={registration.status} />{' '}
                {registration.waitlistPosition === null
                  ? null
                  : `${words.registration.place(registration.waitlistPosition)} · `}
                <span className="muted">{words.registration.seats(registration.seats)}</span>
              </p>
              {registration.status === 'confirmed' ? (
                <p className="actions">
                  <Link to="/company/agenda/$stopId" params={{ stopId: stop.id }}>
                    {t.agenda}
                    <span className="hidden-visually"> {inLang(stop.name, lang)}</span>
                  </Link>
                  <Link to="/company/registrations/$id/badges" params={{ id: registration.id }}>
                    {t.badges}
                    <span className="hidden-visually"> {inLang(stop.name, lang)}</span>
                  </Link>
                </p>
              ) : null}
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="open">
        <h2 id="open">{t.open}</h2>
        {open.length === 0 ? <Nothing isKnown={isWhole} words={t.none} /> : null}
        <ul className="rows">
          {open.map(({ stop }) => (
            <li key={stop.id}>
              <span>
                <strong>{stopTitle(stop, lang).text}</strong>
                <br />
                <span className="muted">{dateRange(stop.startsAt, stop.endsAt, stop.timeZone, lang)}</span>
              </span>
              <Link
                className="button button-main"
                to="/company/stops/$stopId/register"
                params={{ stopId: stop.id }}
              >
                {t.register}
                <span className="hidden-visually"> {inLang(stop.name, lang)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

interface Registered {
  readonly stop: Stop;
  readonly registration: Registration;
}

const soonMs = 7 * 86_400_000;

/** What waits to be done or seen, before everything else. */
function ToDos({ registered }: { registered: readonly Registered[] }) {
  const now = Date.now();
  const todos = registered.flatMap(({ stop, registration: { id, status, waitlistPosition } }) => {
    const name = stopTitle(stop, lang).text;
    const until = Date.parse(stop.registration.changesUntil);
    if (status === 'waitlisted') return [{ id, text: t.todoWaits(name, waitlistPosition ?? 1) }];
    if (status === 'pending') return [{ id, text: t.todoPending(name) }];
    if (status === 'confirmed' && now < until && until - now < soonMs)
      return [
        { id, text: t.todoChanges(name, momentOf(stop.registration.changesUntil, stop.timeZone, lang)) },
      ];
    return [];
  });
  if (todos.length === 0) return null;
  return (
    <section aria-labelledby="todos">
      <h2 id="todos">{t.todos}</h2>
      <ul>
        {todos.map(({ id, text }) => (
          <li key={id}>
            <Link to="/company/registrations/$id" params={{ id }}>
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

export const route = createLazyRoute('/company')({ component: Desk });
