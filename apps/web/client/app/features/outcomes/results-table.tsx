import type { FunnelStep, StopResults } from '#contracts/statistics';
import { Facts, Table } from '../../ui/table.js';
import { t } from './words.js';

/** The share of a figure in what it is a part of; `null` where there is nothing to be a part of. */
export function shareOf({ numerator, denominator }: FunnelStep): number | null {
  const [part, whole] = [Number(numerator), Number(denominator)];
  return Number.isFinite(part) && whole > 0 ? part / whole : null;
}

/** The funnel with a bar beside each figure, and what else there was. */
export function ResultsTable({ results: { funnel, totals } }: { results: StopResults }) {
  return (
    <>
      <p className="muted">{t.funnelHint}</p>
      <Table
        label={t.funnel}
        columns={[
          { head: t.stage, cell: ({ stage }) => t.stages[stage] },
          {
            head: t.figure,
            isNumber: true,
            cell: ({ numerator, denominator }) => `${numerator} / ${denominator}`,
          },
          { head: t.share, cell: (step) => <Share share={shareOf(step)} /> },
        ]}
        rows={funnel}
        keyOf={({ stage }) => stage}
        empty=""
      />
      <Facts
        facts={[
          [t.totals.delegates, totals.delegates],
          [t.totals.sessions, totals.sessions],
          [t.totals.members, totals.members],
          [t.totals.cases, totals.cases],
          [t.totals.papers, totals.papers],
        ]}
      />
    </>
  );
}

function Share({ share }: { share: number | null }) {
  if (share === null) return '–';
  const percent = Math.round(share * 100);
  return (
    <>
      <meter min={0} max={100} value={percent} aria-hidden="true" /> {percent} %
    </>
  );
}
