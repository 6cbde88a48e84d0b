import { useQueries, useQuery } from '@tanstack/react-query';
import { Link, createLazyRoute } from '@tanstack/react-router';
import { inLang } from '../../../../shared/language.js';
import { stopTitle } from '../../../../shared/stop-title.js';
import { registrations, stops as stopsQuery } from '../../api/queries.js';
import type { Stop, Tour } from '#contracts/stops';
import { Screen } from '../../ui/screen.js';
import { Loaded, Nothing } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { t } from './words.js';

/** The tours and stops where the company takes part, and what it can do there. */
const Matching = () => (
  <SignedIn role="company">
    {() => (
      <Screen title={t.title} lead={t.lead}>
        <Tours />
      </Screen>
    )}
  </SignedIn>
);

function Tours() {
  const query = useQuery(stopsQuery);
  return <Loaded query={query}>{(tours) => <Joined tours={tours} />}</Loaded>;
}

interface JoinedProps {
  readonly tours: readonly { readonly tour: Tour; readonly stops: readonly Stop[] }[];
}

const live = new Set(['confirmed', 'pending', 'waitlisted']);

function Joined({ tours }: JoinedProps) {
  const all = tours.flatMap(({ stops }) => stops);
  const mine = useQueries({ queries: all.map(({ id }) => registrations(id)) });
  const joined = new Set(
    all.filter((_, at) => (mine[at]?.data ?? []).some(({ status }) => live.has(status))).map(({ id }) => id),
  );
  const shown = tours.filter(({ stops }) => stops.some(({ id }) => joined.has(id)));
  const isWhole = mine.every(({ data }) => data !== undefined);
  if (shown.length === 0) return <Nothing isKnown={isWhole} words={t.noTour} />;
  return (
    <>
      {shown.map(({ tour, stops }) => (
        <section key={tour.id} className="card" aria-labelledby={`tour-${tour.id}`}>
          <h2 id={`tour-${tour.id}`}>{inLang(tour.name, lang)}</h2>
          <p>
            <Link
              className="button button-main"
              to="/company/tours/$tourId/listings"
              params={{ tourId: tour.id }}
            >
              {t.listings}
            </Link>
          </p>
          <ul className="rows">
            {stops
              .filter(({ id }) => joined.has(id))
              .map((stop) => (
                <StopLinks key={stop.id} stop={stop} />
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function StopLinks({ stop }: { stop: Stop }) {
  const title = stopTitle(stop, lang).text;
  return (
    <li>
      <strong>{title}</strong>
      <span className="actions">
        <Link
          className="button button-plain"
          to="/company/stops/$stopId/partners"
          params={{ stopId: stop.id }}
        >
          {t.partners}
          <span className="hidden-visually"> {title}</span>
        </Link>
        <Link
          className="button button-plain"
          to="/company/stops/$stopId/meetings"
          params={{ stopId: stop.id }}
        >
          {t.meetings}
          <span className="hidden-visually"> {title}</span>
        </Link>
      </span>
    </li>
  );
}

export const route = createLazyRoute('/company/matching')({ component: Matching });
