import type { Stop, Tour } from '#contracts';
import { inLang, pathIn } from '../../shared/language.js';
import { stopTitle } from '../../shared/stop-title.js';
import { dateOf } from '../../shared/time.js';
import { AnnouncedLists, announcedOf, type Announced } from './announced.js';
import { Funnel } from './funnel.js';
import { page, type PageRequest } from './page.js';
import { Fact, Partners, StopTitle, Text } from './parts.js';
import { figureOf, resultsOfStop, resultsOfTour, type Results, type TourResults } from './results.js';

interface StopModel {
  readonly stop: Stop;
  readonly results: Results | null;
  readonly announced: Announced;
}

/** What a stop led to. */
export const stopResultsPage = page<StopModel>({
  name: 'results',
  path: '/stops/:id/results',
  load: async (data, { params: { id = '' } }) => {
    const stop = await data.stop(id);
    const [results, announced] = await Promise.all([
      resultsOfStop(data, id),
      announcedOf(data, stop.tourId, stop.id),
    ]);
    return { stop, results, announced };
  },
  view: ({ stop, results, announced }, request) => {
    const { lang, words } = request;
    return {
      title: `${words.results.title} · ${stopTitle(stop, lang).text}`,
      body: (
        <>
          <p className="crumb">
            <a href={pathIn(lang, `/stops/${stop.id}`)}>
              <StopTitle of={stop} lang={lang} />
            </a>
          </p>
          <h1>{words.results.title}</h1>
          <p>
            <time dateTime={stop.startsAt}>{dateOf(stop.startsAt, stop.timeZone, lang)}</time> ·{' '}
            <Text of={stop.venue.name} lang={lang} />
          </p>
          {stop.partners.length === 0 ? null : (
            <section aria-labelledby="partners">
              <h2 id="partners">{words.stop.partners}</h2>
              <Partners of={stop.partners} words={words} lang={lang} />
            </section>
          )}
          <Figures results={results} csv={`/v1/stops/${stop.id}/results.csv`} request={request} />
          <AnnouncedLists announced={announced} request={request} />
          <p>
            <a href={pathIn(lang, `/tours/${stop.tourId}/results`)}>{words.results.wholeTour}</a>
          </p>
        </>
      ),
    };
  },
});

interface TourModel {
  readonly tour: Tour;
  readonly stops: readonly Stop[];
  readonly results: TourResults | null;
  readonly announced: Announced;
}

/** What all stops of a tour led to; a company counts once. */
export const tourResultsPage = page<TourModel>({
  name: 'tour-results',
  path: '/tours/:id/results',
  load: async (data, { params: { id = '' } }) => {
    const [tour, stops] = await Promise.all([data.tour(id), data.stopsOf(id)]);
    const [results, announced] = await Promise.all([resultsOfTour(data, id), announcedOf(data, id)]);
    return { tour, stops, results, announced };
  },
  view: ({ tour, stops, results, announced }, request) => {
    const { lang, words } = request;
    return {
      title: `${words.results.title} · ${inLang(tour.name, lang)}`,
      body: (
        <>
          <p className="crumb">
            <a href={pathIn(lang, `/tours/${tour.id}`)}>
              <Text of={tour.name} lang={lang} />
            </a>
          </p>
          <h1>{words.results.title}</h1>
          <Figures results={results} csv={`/v1/tours/${tour.id}/statistics.csv`} request={request} />
          <Comparison stops={stops} results={results} request={request} />
          <AnnouncedLists announced={announced} request={request} />
        </>
      ),
    };
  },
});

interface FiguresProps {
  readonly results: Results | null;
  readonly csv: string;
  readonly request: PageRequest;
}

function Figures({ results, csv, request: { words } }: FiguresProps) {
  const t = words.results;
  if (results === null)
    return (
      <p className="empty" role="status">
        {t.none}
      </p>
    );
  const units = (['companies', 'meetings'] as const).filter((unit) =>
    results.funnel.some((one) => one.unit === unit),
  );
  return (
    <>
      <p className="muted">
        {t.small}{' '}
        <a href={csv} download>
          {t.csv}
        </a>
      </p>
      {units.map((unit) => (
        <Funnel key={unit} unit={unit} funnel={results.funnel} words={words} />
      ))}
      <section aria-labelledby="totals">
        <h2 id="totals">{t.totals}</h2>
        <dl className="facts">
          {(['delegates', 'sessions', 'members', 'cases', 'papers'] as const).map((name) => (
            <Fact key={name} name={t.total[name]}>
              {results.totals[name]}
            </Fact>
          ))}
        </dl>
      </section>
    </>
  );
}

const compared = ['registered', 'attended', 'held', 'agreement'] as const;

/** The stops beside each other. */
function Comparison({
  stops,
  results,
  request: { lang, words },
}: {
  stops: readonly Stop[];
  results: TourResults | null;
  request: PageRequest;
}) {
  const t = words.results;
  const ofStops = results?.stops ?? [];
  if (ofStops.length < 2) return null;
  return (
    <section aria-labelledby="stops">
      <h2 id="stops">{t.compare}</h2>
      <div className="table-box" role="group" aria-labelledby="stops" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.stop}</th>
              {compared.map((stage) => (
                <th key={stage} scope="col" className="number">
                  {t.comparedStages[stage]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ofStops.map((one) => {
              const stop = stops.find(({ id }) => id === one.stopId);
              if (stop === undefined) return null;
              return (
                <tr key={one.stopId}>
                  <th scope="row">
                    <a href={pathIn(lang, `/stops/${one.stopId}/results`)}>
                      <StopTitle of={stop} lang={lang} />
                    </a>
                  </th>
                  {compared.map((stage) => (
                    <td key={stage} className="number">
                      {figureOf(one, stage) ?? '–'}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
