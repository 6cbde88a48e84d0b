import { useQuery } from '@tanstack/react-query';
import { Link, createLazyRoute } from '@tanstack/react-router';
import type { Stop, Tour } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { stopTitle } from '../../../../shared/stop-title.js';
import { dateRange } from '../../../../shared/time.js';
import { availability, stops } from '../../api/queries.js';
import { Screen } from '../../ui/screen.js';
import { Loaded } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { NewTour } from './new-tour.js';
import { StateTag } from './state-tag.js';
import { t } from './words.js';

function Page() {
  const query = useQuery(stops);
  return (
    <SignedIn role="organizer">
      {() => (
        <Screen title={words.console.tours}>
          <Loaded query={query}>
            {(tours) => (
              <>
                {tours.length === 0 ? <p className="empty">{t.noTours}</p> : null}
                <NewTour isFirst={tours.length === 0} />
                {tours.map(({ tour, stops: some }) => (
                  <TourSection key={tour.id} tour={tour} stops={some} />
                ))}
              </>
            )}
          </Loaded>
        </Screen>
      )}
    </SignedIn>
  );
}

function TourSection({ tour, stops: some }: { tour: Tour; stops: readonly Stop[] }) {
  const name = inLang(tour.name, lang);
  const isPast = (stop: Stop): boolean =>
    stop.status === 'completed' || stop.status === 'cancelled' || Date.parse(stop.endsAt) < Date.now();
  const past = some.filter(isPast);
  return (
    <section aria-labelledby={`tour-${tour.id}`}>
      <h2 id={`tour-${tour.id}`}>{name}</h2>
      {some.length === 0 ? <p className="empty">{t.noStops}</p> : null}
      <StopRows stops={some.filter((stop) => !isPast(stop))} />
      {past.length === 0 ? null : (
        <details className="panel">
          <summary>
            {t.past} ({past.length})
          </summary>
          <StopRows stops={past} />
        </details>
      )}
      <p className="actions">
        <Link
          className="button button-plain"
          to="/console/tours/$tourId/stops/new"
          params={{ tourId: tour.id }}
          search={{}}
        >
          {t.newTitle}
          <span className="hidden-visually"> {name}</span>
        </Link>
        <Link className="button button-link" to="/console/tours/$tourId" params={{ tourId: tour.id }}>
          {t.tourEdit}
          <span className="hidden-visually"> {name}</span>
        </Link>
      </p>
    </section>
  );
}

function StopRows({ stops: some }: { stops: readonly Stop[] }) {
  if (some.length === 0) return null;
  return (
    <ul className="rows">
      {some.map((stop) => (
        <StopRow key={stop.id} stop={stop} />
      ))}
    </ul>
  );
}

/** A stop with what waits to be done there. */
function StopRow({ stop }: { stop: Stop }) {
  const seats = useQuery({ ...availability(stop.id), enabled: stop.status === 'published' });
  const { capacity = 0, left = 0, pending = 0, waitlisted = 0 } = seats.data ?? {};
  const toList = (status: 'pending' | 'waitlisted', text: string) => (
    <Link
      className="tag tag-pending"
      to="/console/stops/$stopId/registrations"
      params={{ stopId: stop.id }}
      search={{ status }}
    >
      {text}
    </Link>
  );
  return (
    <li>
      <span>
        <Link to="/console/stops/$stopId" params={{ stopId: stop.id }}>
          {stop.sequence}. {stopTitle(stop, lang).text}
        </Link>
        <br />
        <span className="muted">
          {dateRange(stop.startsAt, stop.endsAt, stop.timeZone, lang)}
          {seats.data === undefined ? '' : ` · ${t.taken(capacity - left, capacity)}`}
        </span>
      </span>
      <span className="actions">
        {pending > 0 ? toList('pending', t.awaiting(pending)) : null}
        {waitlisted > 0 ? toList('waitlisted', t.queued(waitlisted)) : null}
        <StateTag status={stop.status} />
      </span>
    </li>
  );
}

export const route = createLazyRoute('/console')({ component: Page });
