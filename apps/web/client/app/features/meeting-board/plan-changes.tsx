import { useMemo, useState } from 'react';
import type { MeetingPlan } from '#contracts/meeting-plans';
import { ApiProblem, call } from '../../api/call.js';
import { Sure, useAct } from '../../ui/act.js';
import { Table, type Column } from '../../ui/table.js';
import { Button, Problem } from '../../ui/ui.js';
import { words } from '../../words/index.js';
import type { Board, Place } from './board.js';
import type { BoardText } from './board-text.js';
import {
  acceptBody,
  changeKinds,
  changesOf,
  countsOf,
  isChoosable,
  type Change,
  type ChangeKind,
} from './plan-difference.js';
import { t } from './plan-words.js';

interface Props {
  readonly plan: MeetingPlan;
  readonly board: Board;
  readonly text: BoardText;
}

/** What a plan would change, all of it or what is chosen, and the decision. */
export function PlanChanges({ plan, board, text }: Props) {
  const changes = useMemo(() => changesOf(plan, board.meetings), [plan, board.meetings]);
  const counts = countsOf(changes);
  const [kind, setKind] = useState<ChangeKind | null>(null);
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const canDecide = plan.status === 'ready';
  const find = (id: string) => board.meetings.find((one) => one.id === id);
  const pairOf = (id: string): string => {
    const meeting = find(id);
    return meeting === undefined ? '–' : text.pair(meeting);
  };
  const toggle = (id: string): void =>
    setLeftOut((now) => new Set(now.has(id) ? [...now].filter((one) => one !== id) : [...now, id]));
  const at = (place: Place | null): string => (place === null ? t.nowhere : text.place(place));
  const columns: Column<Change>[] = [
    { head: t.meeting, cell: ({ meetingId }) => pairOf(meetingId) },
    {
      head: t.change,
      cell: (change) => (
        <>
          {t.kind[change.kind]}
          {change.reasons.map((reason) => (
            <span key={reason} className="muted">
              <br />
              {t.why[reason]}
            </span>
          ))}
        </>
      ),
    },
    { head: t.now, cell: ({ from }) => at(from) },
    { head: t.planned, cell: ({ to }) => at(to) },
    { head: t.weight, isNumber: true, cell: ({ weight }) => weight },
  ];
  if (canDecide)
    columns.unshift({
      head: t.take,
      cell: (change) =>
        isChoosable(change) ? (
          <label className="tick tick-alone">
            <input
              type="checkbox"
              checked={!leftOut.has(change.meetingId)}
              onChange={() => toggle(change.meetingId)}
            />
            <span className="hidden-visually">{t.takeOne(pairOf(change.meetingId))}</span>
          </label>
        ) : null,
    });
  return (
    <>
      <h3>{t.compare}</h3>
      <div className="tabs" role="group" aria-label={t.change}>
        {[null, ...changeKinds.filter((one) => counts[one] > 0)].map((one) => (
          <button key={one ?? 'all'} type="button" aria-pressed={kind === one} onClick={() => setKind(one)}>
            {one === null ? words.all : t.kind[one]}{' '}
            <span className="muted">{one === null ? changes.length : counts[one]}</span>
          </button>
        ))}
      </div>
      {canDecide ? <Decision plan={plan} changes={changes} leftOut={leftOut} pairOf={pairOf} /> : null}
      <Table
        label={t.compare}
        columns={columns}
        rows={changes.filter((one) => kind === null || one.kind === kind)}
        keyOf={({ meetingId }) => meetingId}
        empty={t.none}
      />
    </>
  );
}

interface DecisionProps {
  readonly plan: MeetingPlan;
  readonly changes: readonly Change[];
  readonly leftOut: ReadonlySet<string>;
  readonly pairOf: (meetingId: string) => string;
}

const changed = ['meetings', 'meeting-plans', 'meeting-plan'];

function Decision({ plan, changes, leftOut, pairOf }: DecisionProps) {
  const [asked, setAsked] = useState<'accept' | 'reject' | null>(null);
  const body = acceptBody(changes, leftOut);
  const counts = countsOf(changes);
  const accepting = useAct({
    run: (_: void, idempotencyKey) =>
      call('POST', `/plans/${plan.id}/accept`, { body, idempotencyKey, version: plan.version }),
    refresh: changed,
    onDone: () => setAsked(null),
  });
  const isNone = body.items?.length === 0;
  return (
    <>
      <Problem error={accepting.error} />
      <Conflicts error={accepting.error} pairOf={pairOf} />
      <p className="actions">
        <Button isDisabled={isNone || accepting.isBusy} onPress={() => setAsked('accept')}>
          {body.items === undefined ? t.accept : t.acceptSome(body.items.length)}
        </Button>
        <Button look="plain" onPress={() => setAsked('reject')}>
          {t.reject}
        </Button>
        {isNone ? <span className="muted">{t.nothingChosen}</span> : null}
      </p>
      {asked === 'accept' ? (
        <Sure
          title={t.acceptTitle}
          hint={
            body.items === undefined
              ? t.acceptHint(counts.placed, counts.moved + counts.table, counts.leaves)
              : t.acceptSomeHint(body.items.length)
          }
          action={t.accept}
          look="main"
          run={async () => {
            // A refusal names meetings, which the page shows better than the dialog.
            setAsked(null);
            accepting.act();
          }}
          refresh={[]}
          onClose={() => setAsked(null)}
        />
      ) : null}
      {asked === 'reject' ? (
        <Sure
          title={t.rejectTitle}
          hint={t.rejectHint}
          action={t.reject}
          run={(idempotencyKey) =>
            call('POST', `/plans/${plan.id}/reject`, { body: {}, idempotencyKey, version: plan.version })
          }
          refresh={changed}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </>
  );
}

function Conflicts({ error, pairOf }: { error: unknown; pairOf: (meetingId: string) => string }) {
  const conflicts = error instanceof ApiProblem ? error.meetingConflicts : [];
  if (conflicts.length === 0) return null;
  return (
    <>
      <h4>{t.conflicts}</h4>
      <ul>
        {conflicts.map(({ meetingId, code }) => (
          <li key={meetingId}>
            {pairOf(meetingId)} <span className="muted">{t.conflict[code] ?? code}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
