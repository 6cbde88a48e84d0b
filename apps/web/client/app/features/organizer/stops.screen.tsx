import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, createLazyRoute } from '@tanstack/react-router';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { stopTitle } from '../../../../shared/stop-title.js';
import { dateRange } from '../../../../shared/time.js';
import { call, newIdempotencyKey } from '../../api/call.js';
import { availability, stops } from '../../api/queries.js';
import { Button, Loaded, Problem } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { NewTour } from './new-tour.js';

const t = words.console;

function Page() {
  const query = useQuery(stops);
  return (
    <SignedIn role="organizer">
      {() => (
        <>
          <h1>{t.tours}</h1>
          <p className="muted">{t.pick}</p>
          <NewTour />
          <Loaded query={query}>
            {(tours) => (
              <>
                {tours.map(({ tour, stops: some }) => (
                  <section key={tour.id} aria-labelledby={`tour-${tour.id}`}>
                    <h2 id={`tour-${tour.id}`}>{inLang(tour.name, lang)}</h2>
                    <ul className="rows">
                      {some.map((stop) => (
                        <StopRow key={stop.id} stop={stop} />
                      ))}
                    </ul>
                    <p>
                      <Link
                        className="button button-plain"
                        to="/console/tours/$tourId/stops/new"
                        params={{ tourId: tour.id }}
                      >
                        {words.newStop.add}
                        <span className="hidden-visually"> {inLang(tour.name, lang)}</span>
                      </Link>
                    </p>
                  </section>
                ))}
              </>
            )}
          </Loaded>
        </>
      )}
    </SignedIn>
  );
}

function StopRow({ stop }: { stop: Stop }) {
  const client = useQueryClient();
  const seats = useQuery({ ...availability(stop.id), enabled: stop.status === 'published' });
  const publish = useMutation({
    mutationFn: () =>
      call('POST', `/stops/${stop.id}/publish`, {
        version: stop.version,
        idempotencyKey: newIdempotencyKey(),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['stops'] }),
  });
  return (
    <li>
      <span>
        <Link to="/console/stops/$stopId/registrations" params={{ stopId: stop.id }} search={{}}>
          {stop.sequence}. {stopTitle(stop, lang).text}
        </Link>
        <br />
        <span className="muted">
          {dateRange(stop.startsAt, stop.endsAt, stop.timeZone, lang)}
          {seats.data === undefined
            ? ''
            : ` · ${t.taken(seats.data.capacity - seats.data.left, seats.data.capacity)}`}
        </span>
        <Problem error={publish.error} />
      </span>
      {stop.status === 'draft' ? (
        <span className="actions">
          <span className="tag">{t.draft}</span>
          <Button look="plain" isDisabled={publish.isPending} onPress={() => publish.mutate()}>
            {t.publish}
          </Button>
        </span>
      ) : null}
    </li>
  );
}

export const route = createLazyRoute('/console')({ component: Page });
