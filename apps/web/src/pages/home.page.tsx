import type { Tour } from '#contracts';
import { inLang, pathIn } from '../../shared/language.js';
import { dateRange } from '../../shared/time.js';
import { page, type PageRequest } from './page.js';
import { City, SeatsLeft, StateTag, Text } from './parts.js';
import { RouteLine } from './route-line.js';
import { isAhead, summarize, type StopSummary } from './stop-summary.js';

interface TourSummary {
  readonly tour: Tour;
  readonly stops: readonly StopSummary[];
}

/** The start page shows each tour with its line; older ones stay on their own pages. */
const maxTours = 20;

export const homePage = page<readonly TourSummary[]>({
  name: 'home',
  path: '/',
  load: async (data, { nowMs }) => {
    const tours = (await data.tours()).toReversed().slice(0, maxTours);
    const summaries = await Promise.all(
      tours.map(async (tour) => {
        const stops = await data.stopsOf(tour.id);
        return { tour, stops: await Promise.all(stops.map((stop) => summarize(stop, data, nowMs))) };
      }),
    );
    // First what people can still come to.
    return summaries.toSorted((a, b) => Number(b.stops.some(isAhead)) - Number(a.stops.some(isAhead)));
  },
  view: (tours, request) => ({
    title: request.words.site,
    body: (
      <>
        <div className="hero">
          <h1>{request.words.tagline}</h1>
          <p className="lead">{request.words.home.lead}</p>
        </div>
        {tours.length === 0 ? <NoTours request={request} /> : null}
        {tours.map((one) => (
          <TourCard key={one.tour.id} of={one} request={request} />
        ))}
      </>
    ),
  }),
});

function NoTours({ request: { words, lang } }: { request: PageRequest }) {
  return (
    <section className="empty">
      <h2>{words.home.none}</h2>
      <p>{words.home.noneHint}</p>
      <p>
        <a href={pathIn(lang, '/sign-in')}>{words.home.organizerHint}</a>
      </p>
    </section>
  );
}

function TourCard({ of: { tour, stops }, request }: { of: TourSummary; request: PageRequest }) {
  const { lang, words } = request;
  const href = pathIn(lang, `/tours/${tour.id}`);
  const next = stops.find(isAhead);
  return (
    <article className="card" aria-labelledby={`tour-${tour.id}`}>
      <h2 id={`tour-${tour.id}`}>
        <a href={href}>
          <Text of={tour.name} lang={lang} />
        </a>
      </h2>
      <RouteLine name={inLang(tour.name, lang)} stops={stops} request={request} />
      {next === undefined ? null : (
        <p className="next">
          <span className="muted">{words.home.next}</span>{' '}
          <a href={pathIn(lang, `/stops/${next.stop.id}`)}>
            <strong>
              <City of={next.stop} lang={lang} />
            </strong>{' '}
            {dateRange(next.stop.startsAt, next.stop.endsAt, next.stop.timeZone, lang)}
          </a>{' '}
          <StateTag state={next.state} words={words} />{' '}
          {next.state === 'open' || next.state === 'waiting_list' ? (
            <SeatsLeft seats={next.seats} words={words} />
          ) : null}
        </p>
      )}
      <p>
        <a href={href}>{words.home.all(stops.length)}</a>
      </p>
    </article>
  );
}
