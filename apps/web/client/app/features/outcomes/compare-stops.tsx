import { useQuery } from '@tanstack/react-query';
import type { FunnelStage, TourStatistics } from '#contracts/statistics';
import { stopTitle } from '../../../../shared/stop-title.js';
import { stops } from '../../api/queries.js';
import { Table } from '../../ui/table.js';
import { Loaded } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { statistics } from './outcomes.queries.js';
import { t } from './words.js';

type StopFigures = TourStatistics['stops'][number];

/** What is compared: one figure of each part of the funnel. */
const compared: readonly FunnelStage[] = ['registered', 'attended', 'held', 'cooperation', 'agreement'];

/** The stops of the tour beside each other, in their order. */
export function CompareStops({ tourId }: { tourId: string }) {
  const figures = useQuery(statistics(tourId));
  const known = useQuery(stops);
  const all = (known.data ?? []).flatMap((one) => one.stops);
  const titleOf = (id: string) => {
    const stop = all.find((one) => one.id === id);
    return stop === undefined ? '…' : stopTitle(stop, lang).text;
  };
  return (
    <Loaded query={figures}>
      {({ stops: rows }) => (
        <Table
          label={t.compare}
          columns={[
            { head: t.stop, cell: ({ stopId }: StopFigures) => titleOf(stopId) },
            ...compared.map((stage) => ({
              head: t.stages[stage],
              isNumber: true,
              cell: ({ funnel }: StopFigures) =>
                String(funnel.find((step) => step.stage === stage)?.numerator ?? '–'),
            })),
          ]}
          rows={rows}
          keyOf={({ stopId }) => stopId}
          empty=""
        />
      )}
    </Loaded>
  );
}
