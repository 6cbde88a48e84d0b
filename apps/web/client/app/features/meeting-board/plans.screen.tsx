import './board.css';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useNavigate, useSearch } from '@tanstack/react-router';
import type { MeetingPlan } from '#contracts/meeting-plans';
import type { Stop } from '#contracts/stops';
import { momentOf } from '../../../../shared/time.js';
import { Table, type Column } from '../../ui/table.js';
import { Loaded } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { BoardText } from './board-text.js';
import { daysOf, type Board } from './board.js';
import { meetingPlans, useBoard } from './meeting-board.queries.js';
import { MeetingsScreen } from './meetings-screen.js';
import { NewPlan } from './new-plan.js';
import { OfBoard } from './of-board.js';
import { PlanDetails } from './plan-details.js';
import { PlanTag } from './plan-tag.js';
import { points, t } from './plan-words.js';

const Page = () => <MeetingsScreen screen="plans">{(stop) => <PlansOf stop={stop} />}</MeetingsScreen>;

function PlansOf({ stop }: { stop: Stop }) {
  const query = useBoard(stop.id);
  return (
    <>
      <p className="muted lead">{t.lead}</p>
      <OfBoard stop={stop} query={query}>
        {(board) => <Plans stop={stop} board={board} />}
      </OfBoard>
    </>
  );
}

function Plans({ stop, board }: { stop: Stop; board: Board }) {
  const plans = useQuery(meetingPlans(stop.id));
  const { plan: wanted }: { plan?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const onShow = (id: string): void =>
    void navigate({
      to: '/console/stops/$stopId/meetings/plans',
      params: { stopId: stop.id },
      search: { plan: id },
    });
  const text = new BoardText(board, stop, daysOf(board.slots, stop.timeZone).length);
  return (
    <Loaded query={plans}>
      {(all) => {
        const shown = all.find(({ id }) => id === wanted) ?? all.at(-1);
        const isComputing = all.some(({ status }) => status === 'computing');
        return (
          <>
            {shown === undefined ? null : (
              <PlanDetails key={shown.id} id={shown.id} stop={stop} board={board} text={text} />
            )}
            {stop.status === 'cancelled' || isComputing ? null : (
              <NewPlan stop={stop} board={board} text={text} onStarted={onShow} isFirst={all.length === 0} />
            )}
            <Earlier plans={all} stop={stop} onShow={onShow} shownId={shown?.id} />
          </>
        );
      }}
    </Loaded>
  );
}

interface EarlierProps {
  readonly plans: readonly MeetingPlan[];
  readonly stop: Stop;
  readonly shownId: string | undefined;
  readonly onShow: (id: string) => void;
}

function Earlier({ plans, stop, shownId, onShow }: EarlierProps) {
  const at = ({ createdAt }: MeetingPlan): string => momentOf(createdAt, stop.timeZone, lang);
  const columns: readonly Column<MeetingPlan>[] = [
    {
      head: t.made,
      cell: (plan) => (
        <button
          type="button"
          className="button button-link"
          aria-current={plan.id === shownId ? true : undefined}
          aria-label={t.showOne(at(plan))}
          onClick={() => onShow(plan.id)}
        >
          {at(plan)}
        </button>
      ),
    },
    { head: t.state, cell: ({ status }) => <PlanTag status={status} /> },
    {
      head: t.result,
      isNumber: true,
      cell: ({ value, items, unplaced }) =>
        value === null ? '–' : `${items.length} / ${items.length + unplaced.length}`,
    },
    { head: t.points, isNumber: true, cell: ({ value }) => (value === null ? '–' : points(value)) },
    {
      head: t.toBest,
      isNumber: true,
      cell: ({ gap, provenBest }) => (gap === null ? '–' : provenBest === true ? t.best : t.gapShort(gap)),
    },
    { head: t.seed, isNumber: true, cell: ({ seed }) => seed },
  ];
  return (
    <section>
      <h2>{t.earlier}</h2>
      <Table
        label={t.earlier}
        columns={columns}
        rows={plans.toReversed()}
        keyOf={({ id }) => id}
        empty={t.earlierNone}
      />
    </section>
  );
}

export const route = createLazyRoute('/console/stops/$stopId/meetings/plans')({ component: Page });
