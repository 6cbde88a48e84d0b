import type { Tour } from '#contracts';
import { inLang, pathIn } from '../../shared/language.js';
import { dateRange } from '../../shared/time.js';
import { cityOf } from '../../shared/stop-title.js';
import { takesRegistrations } from '../../shared/stop-state.js';
import { page, type PageRequest } from './page.js';
import { CalendarLinks, Partners, Prose, SeatsLeft, StateTag, Text, StopTitle } from './parts.js';
import { figuresOfTour, type TourResults } from './results.js';
import { RouteLine } from './route-line.js';
import { hasBegun, summarize, type StopSummary } from './stop-summary.js';

interface Model {
  readonly tour: Tour;
  readonly stops: readonly StopSummary[];
  readonly results: TourResults | null;
}

export const tourPage = page<Model>({
  name: 'tour',
  path: '/tours/:id',
  load: async (data, { params: { id = '' }, nowMs }) => {
    const [tour, stops, results] = await Promise.all([
      data.tour(id),
      data.stopsOf(id),
      figuresOfTour(data, id),
    ]);
    return { tour, results, stops: await Promise.all(stops.map((stop) => summarize(stop, data, nowMs))) };
  },
  view: ({ tour, stops, results }, request) => {
    const { lang, words, site } = request;
    return {
      title: inLang(tour.name, lang),
      description: descriptionOf(stops, request),
      body: (
        <>
          <h1>
            <Text of={tour.name} lang={lang} />
          </h1>
          {stops.length === 0 ? (
            <p>{words.tour.noStops}</p>
          ) : (
            <RouteLine name={inLang(tour.name, lang)} stops={stops} results={results} request={request} />
          )}
          {results === null || !stops.some(hasBegun) ? null : (
            <p>
              <a href={pathIn(lang, `/tours/${tour.id}/results`)}>{words.results.link}</a>
            </p>
          )}
          <section aria-labelledby="stops">
            <h2 id="stops">{words.tour.stops}</h2>
            <ol className="stops">
              {stops.map((one) => (
                <StopRow key={one.stop.id} of={one} request={request} />
              ))}
            </ol>
          </section>
          {tour.description === null && tour.website === null ? null : (
            <section aria-labelledby="about">
              <h2 id="about">{words.tour.about}</h2>
              {tour.description === null ? null : <Prose of={tour.description} lang={lang} />}
              {tour.website === null ? null : (
                <p>
                  <a href={tour.website} rel="noopener">
                    {words.tour.website}
                  </a>
                </p>
              )}
            </section>
          )}
          {tour.partners.length === 0 ? null : (
            <section aria-labelledby="partners">
              <h2 id="partners">{words.tour.partners}</h2>
              <Partners of={tour.partners} words={words} lang={lang} />
            </section>
          )}
          <section aria-labelledby="calendar">
            <h2 id="calendar">{words.tour.calendar}</h2>
            <CalendarLinks
              url={`${site.publicUrl}/v1/tours/${tour.id}/calendar.ics?lang=${lang}`}
              words={words}
            />
          </section>
        </>
      ),
    };
  },
});

function descriptionOf(stops: readonly StopSummary[], { lang, words }: PageRequest): string {
  const cities = stops.map(({ stop }) => cityOf(stop, lang).text).join(lang === 'zh' ? '、' : ', ');
  return cities === ''
    ? words.tagline
    : `${words.home.stops(stops.length)}${lang === 'zh' ? '：' : ': '}${cities}`;
}

function StopRow({
  of: { stop, seats, state },
  request: { lang, words },
}: {
  of: StopSummary;
  request: PageRequest;
}) {
  const href = pathIn(lang, `/stops/${stop.id}`);
  return (
    <li className={`stop-row row-${state}`}>
      <span className="stop-number" aria-hidden="true">
        {stop.sequence}
      </span>
      <div className="stop-main">
        <h3>
          <a href={href}>
            <StopTitle of={stop} lang={lang} />
          </a>
        </h3>
        <p>
          <time dateTime={stop.startsAt}>{dateRange(stop.startsAt, stop.endsAt, stop.timeZone, lang)}</time>
          <span className="muted">
            {' '}
            · <Text of={stop.venue.name} lang={lang} />
          </span>
        </p>
      </div>
      <p className="stop-side">
        <StateTag state={state} words={words} />
        {takesRegistrations(state) || state === 'full' ? <SeatsLeft seats={seats} words={words} /> : null}
      </p>
    </li>
  );
}
