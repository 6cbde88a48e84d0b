import type { Stop, Tour } from '#contracts';
import { inLang, pathIn } from '../../shared/language.js';
import { stopTitle } from '../../shared/stop-title.js';
import { page, type PageRequest } from './page.js';
import { Fact, StopTitle, Text } from './parts.js';

/** Small counts are not public: `<5` could be anything below. */
type Count = number | '<5';

interface Stage {
  readonly stage: string;
  readonly unit: 'companies' | 'meetings';
  readonly numerator: Count;
  readonly denominator: Count;
}

interface Results {
  readonly funnel: readonly Stage[];
  readonly totals: Readonly<Record<'delegates' | 'sessions' | 'members' | 'cases' | 'papers', Count>>;
}

interface StopModel {
  readonly stop: Stop;
  /** `null` where nobody counts them here. */
  readonly results: Results | null;
}

/** What a stop led to. */
export const stopResultsPage = page<StopModel>({
  name: 'results',
  path: '/stops/:id/results',
  load: async (data, { params: { id = '' } }) => ({
    stop: await data.stop(id),
    results: await data.find<Results>(`/v1/stops/${encodeURIComponent(id)}/results`),
  }),
  view: ({ stop, results }, request) => {
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
          <ResultTables results={results} request={request} />
        </>
      ),
    };
  },
});

interface TourModel {
  readonly tour: Tour;
  readonly results: Results | null;
}

/** What all stops of a tour led to; a company counts once. */
export const tourResultsPage = page<TourModel>({
  name: 'tour-results',
  path: '/tours/:id/results',
  load: async (data, { params: { id = '' } }) => ({
    tour: await data.tour(id),
    results: await data.find<Results>(`/v1/tours/${encodeURIComponent(id)}/statistics`),
  }),
  view: ({ tour, results }, request) => {
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
          <ResultTables results={results} request={request} />
        </>
      ),
    };
  },
});

function ResultTables({ results, request: { words } }: { results: Results | null; request: PageRequest }) {
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
      <p className="muted">{t.small}</p>
      {units.map((unit) => (
        <FunnelTable key={unit} unit={unit} funnel={results.funnel} words={words} />
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

interface FunnelProps {
  readonly unit: Stage['unit'];
  readonly funnel: readonly Stage[];
  readonly words: PageRequest['words'];
}

function FunnelTable({ unit, funnel, words }: FunnelProps) {
  const t = words.results;
  const names: Readonly<Record<string, string>> = t.stages;
  return (
    <section aria-labelledby={unit}>
      <h2 id={unit}>{t.units[unit]}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.stage}</th>
            <th scope="col" className="number">
              {t.count}
            </th>
            <th scope="col" className="number">
              {t.outOf}
            </th>
            <th scope="col">{t.share}</th>
          </tr>
        </thead>
        <tbody>
          {funnel
            .filter((one) => one.unit === unit)
            .map(({ stage, numerator, denominator }) => (
              <tr key={stage}>
                <th scope="row">{names[stage] ?? stage}</th>
                <td className="number">{numerator}</td>
                <td className="number">{denominator}</td>
                <td>
                  <Share of={numerator} outOf={denominator} />
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}

/** A bar and its per cent, where both counts are public. */
function Share({ of, outOf }: { of: Count; outOf: Count }) {
  if (typeof of !== 'number' || typeof outOf !== 'number' || outOf === 0) return <>–</>;
  return (
    <span className="seats">
      <meter min={0} max={outOf} value={of} aria-hidden="true" />
      <span>{Math.round((of / outOf) * 100)} %</span>
    </span>
  );
}
