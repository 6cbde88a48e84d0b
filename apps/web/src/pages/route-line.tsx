import { pathIn } from '../../shared/language.js';
import { shortDateOf } from '../../shared/time.js';
import type { PageRequest } from './page.js';
import { City } from './parts.js';
import type { StopSummary } from './stop-summary.js';

/** The stops in order, drawn like the line of a metro: no map, so no borders either. */
export function RouteLine({
  name,
  stops,
  request,
}: {
  /** Of the tour: a page may have several lines. */
  name: string;
  stops: readonly StopSummary[];
  request: PageRequest;
}) {
  const { lang, words } = request;
  return (
    <div role="group" className="line-box" aria-label={`${words.tour.line} · ${name}`} tabIndex={0}>
      <ol className="line">
        {stops.map(({ stop, state }) => (
          <li key={stop.id} className={`line-stop line-${state}`}>
            <a href={pathIn(lang, `/stops/${stop.id}`)}>
              <span className="line-city">
                <City of={stop} lang={lang} />
              </span>
              <span className="line-date">{shortDateOf(stop.startsAt, stop.timeZone, lang)}</span>
              <span className="line-state">{words.states[state]}</span>
            </a>
          </li>
        ))}
      </ol>
    </div>
  );
}
