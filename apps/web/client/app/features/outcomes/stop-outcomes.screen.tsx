import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import type { Stop } from '#contracts/stops';
import { Loaded } from '../../ui/ui.js';
import { CompareStops } from './compare-stops.js';
import { DueList } from './due-list.js';
import { OutcomesScreen } from './outcomes-screen.js';
import { carriedFollowUps, followUps, results, unplacedMeetings } from './outcomes.queries.js';
import { ResultsTable } from './results-table.js';
import { t } from './words.js';

const Page = () => <OutcomesScreen screen="results">{(stop) => <StopOutcomes stop={stop} />}</OutcomesScreen>;

/** What this stop led to, what is due, how it compares, and what can be printed. */
function StopOutcomes({ stop }: { stop: Stop }) {
  const figures = useQuery(results(stop.id));
  const threads = useQuery(followUps(stop.id));
  const unplaced = useQuery(unplacedMeetings(stop.id));
  const carried = useQuery(carriedFollowUps(stop.id));
  const left = unplaced.data?.length ?? 0;
  const goingOn = carried.data?.length ?? 0;
  return (
    <>
      <h2>{t.funnel}</h2>
      <Loaded query={figures}>{(found) => <ResultsTable results={found} />}</Loaded>
      <h2>{t.due}</h2>
      {left > 0 ? <p className="notice">{t.unplaced(left)}</p> : null}
      {goingOn > 0 ? <p className="notice">{t.carried(goingOn)}</p> : null}
      <Loaded query={threads}>{(all) => <DueList followUps={all} />}</Loaded>
      <h2>{t.compare}</h2>
      <CompareStops tourId={stop.tourId} />
      <h2>{t.files}</h2>
      <Files stopId={stop.id} />
    </>
  );
}

function Files({ stopId }: { stopId: string }) {
  const at = `/v1/stops/${stopId}`;
  const files = [
    [t.reportZh, `${at}/report.pdf?lang=zh`],
    [t.reportEn, `${at}/report.pdf?lang=en`],
    [t.badges, `${at}/badges.pdf`],
    [t.csv, `${at}/results.csv`],
  ] as const;
  const pages = [
    [t.pageZh, `/stops/${stopId}/results`],
    [t.pageEn, `/en/stops/${stopId}/results`],
  ] as const;
  return (
    <ul>
      {files.map(([text, href]) => (
        <li key={href}>
          <a href={href} download>
            {text}
          </a>
        </li>
      ))}
      {pages.map(([text, href]) => (
        <li key={href}>
          <a href={href}>{text}</a>
        </li>
      ))}
    </ul>
  );
}

export const route = createLazyRoute('/console/stops/$stopId/outcomes')({ component: Page });
