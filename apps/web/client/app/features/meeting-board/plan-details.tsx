import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { MeetingPlan } from '#contracts/meeting-plans';
import type { Stop } from '#contracts/stops';
import { momentOf } from '../../../../shared/time.js';
import { call } from '../../api/call.js';
import { useAct } from '../../ui/act.js';
import { Button, Loaded, Problem } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import type { Board } from './board.js';
import type { BoardText } from './board-text.js';
import { meetingPlan } from './meeting-board.queries.js';
import { PlanChanges } from './plan-changes.js';
import { PlanTag } from './plan-tag.js';
import { points, t } from './plan-words.js';

interface Props {
  readonly id: string;
  readonly stop: Stop;
  readonly board: Board;
  readonly text: BoardText;
}

/** One plan: how far it is, or how good it is and what it would change. */
export function PlanDetails({ id, stop, board, text }: Props) {
  const query = useQuery(meetingPlan(stop.id, id));
  return (
    <Loaded query={query}>
      {(plan) => (
        <section aria-labelledby="plan">
          <h2 id="plan">
            {t.plan(momentOf(plan.createdAt, stop.timeZone, lang))} <PlanTag status={plan.status} />
          </h2>
          {plan.status === 'computing' ? <Progress plan={plan} /> : null}
          {plan.status === 'failed' ? <p className="notice notice-bad">{t.failed}</p> : null}
          {plan.status === 'stale' ? <p className="notice">{t.stale}</p> : null}
          {plan.status === 'rejected' ? <p className="muted">{t.rejected}</p> : null}
          {plan.status === 'accepted' ? <Accepted stopId={stop.id} /> : null}
          {plan.value === null ? null : <Verdict plan={plan} />}
          {plan.value === null || plan.status === 'accepted' ? null : (
            <PlanChanges key={`${plan.id} ${plan.status}`} plan={plan} board={board} text={text} />
          )}
        </section>
      )}
    </Loaded>
  );
}

function Accepted({ stopId }: { stopId: string }) {
  return (
    <p className="notice notice-good" role="status">
      {t.accepted}{' '}
      <Link to="/console/stops/$stopId/meetings" params={{ stopId }} search={{}}>
        {t.toBoard}
      </Link>
    </p>
  );
}

function Progress({ plan }: { plan: MeetingPlan }) {
  const { steps, value, bound } = plan.progress;
  const cancelling = useAct({
    run: (_: void, idempotencyKey) => call('POST', `/plans/${plan.id}/cancel`, { body: {}, idempotencyKey }),
    refresh: ['meeting-plan', 'meeting-plans'],
  });
  return (
    <>
      <progress className="plan-progress" aria-label={t.computing} />
      {/* A second's news each second would talk without end. */}
      <p>
        {t.progress(points(steps), points(value))}
        {bound === null ? '' : t.bound(points(bound))}
      </p>
      <Problem error={cancelling.error} />
      <p className="actions">
        <Button look="plain" isDisabled={cancelling.isBusy} onPress={() => cancelling.act()}>
          {t.cancel}
        </Button>
      </p>
    </>
  );
}

/** Value, bound and gap, as people say it. */
function Verdict({ plan }: { plan: MeetingPlan }) {
  const { value, bound, gap, provenBest, endedBy, items, unplaced, penalties, seed } = plan;
  const all = items.length + unplaced.length;
  return (
    <div className="panel" role="group" aria-label={t.result}>
      <p>
        <strong>{t.placedOf(items.length, all)}</strong>
        {penalties
          .filter(({ count }) => count > 0)
          .map(({ kind, count, points: lost }) => (
            <span key={kind}>
              {' · '}
              {t.penalties(count, lost)}
            </span>
          ))}
      </p>
      <p>
        {provenBest === true ? t.proven : t.gap(gap ?? 0)} {t.value(points(value ?? 0), points(bound ?? 0))}
      </p>
      <p className="muted">
        {endedBy === null ? '' : t.endedBy[endedBy]} {t.seedOf(seed)}
      </p>
    </div>
  );
}
