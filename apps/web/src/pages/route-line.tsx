import { pathIn } from '../../shared/language.js';
import { shortDateOf } from '../../shared/time.js';
import type { PageRequest } from './page.js';
import { City } from './parts.js';
import { figureOf, type TourResults } from './results.js';
import { hasBegun, type StopSummary } from './stop-summary.js';

/** The stops in order, drawn like the line of a metro: no map, so no borders either. */
export function RouteLine({
  name,
  stops,
  results = null,
  request,
}: {
  /** Of the tour: a page may have several lines. */
  name: string;
  stops: readonly StopSummary[];
  /** Figures stand below the stops where they are known. */
  results?: TourResults | null;
  request: PageRequest;
}) {
  const { lang, words } = request;
  return (
    <div role="group" className="line-box" aria-label={`${words.tour.line} · ${name}`} tabIndex={0}>
      <ol className="line">
        {stops.map((one) => {
          const { stop, state } = one;
          return (
            <li key={stop.id} className={`line-stop line-${state}`}>
              <a href={pathIn(lang, `/stops/${stop.id}`)}>
                <span className="line-city">
                  <City of={stop} lang={lang} />
                </span>
                <span className="line-date">{shortDateOf(stop.startsAt, stop.timeZone, lang)}</span>
                <span className="line-state">{words.states[state]}</span>
                <Figures of={one} results={results} words={words} />
              </a>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** Who came and how many met at a stop that has begun; who is registered for one that has not. */
function Figures({
  of,
  results,
  words,
}: {
  of: StopSummary;
  results: TourResults | null;
  words: PageRequest['words'];
}) {
  const figures = results?.stops?.find(({ stopId }) => stopId === of.stop.id);
  const companies = figureOf(figures, hasBegun(of) ? 'attended' : 'registered');
  const held = figureOf(figures, 'held');
  const lines = [
    ...(typeof companies === 'number' ? [words.results.companies(companies)] : []),
    ...(hasBegun(of) && typeof held === 'number' ? [words.results.meetings(held)] : []),
  ];
  return lines.map((line) => (
    <span key={line} className="line-figure">
      {line}
    </span>
  ));
}
