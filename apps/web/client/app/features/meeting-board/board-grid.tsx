import { useMemo } from 'react';
import type { Meeting } from '#contracts/meetings';
import { meetingAt, obstaclesAt, obstaclesInSlot, type Place } from './board.js';
import { t } from './board-words.js';
import type { PartProps } from './meeting-board.js';

interface GridProps extends PartProps {
  readonly starts: readonly number[];
  readonly tables: readonly number[];
  readonly lifted: Meeting | null;
  /** The cell under the pointer while a meeting is dragged. */
  readonly hover: Place | null;
  /** The cell that the Tab key reaches; arrows lead to the others. */
  readonly reachable: Place | null;
}

/** Tables beside each other, the slots of one day downwards. */
export function BoardGrid({ board, text, starts, tables, lifted, hover, reachable }: GridProps) {
  const day = starts[0] === undefined ? '' : text.day(starts[0]);
  return (
    <div className="board-box">
      <table role="grid" className="board-grid" aria-label={t.grid(day)}>
        <thead>
          <tr>
            <th scope="col" className="board-time">
              {t.time}
            </th>
            {tables.map((tableNo) => (
              <th key={tableNo} scope="col">
                {t.table(tableNo)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {starts.map((startMs) => (
            <Row
              key={startMs}
              {...{ board, text, startMs, tables, lifted, hover }}
              reachableTable={reachable?.startMs === startMs ? reachable.tableNo : null}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps extends Pick<GridProps, 'board' | 'text' | 'tables' | 'lifted' | 'hover'> {
  readonly startMs: number;
  readonly reachableTable: number | null;
}

function Row({ board, text, startMs, tables, lifted, hover, reachableTable }: RowProps) {
  const isClosed = useMemo(() => {
    const slot = board.slots.find((one) => one.startMs === startMs);
    return lifted !== null && slot !== undefined && obstaclesInSlot(board, lifted, slot).length > 0;
  }, [board, lifted, startMs]);
  return (
    <tr>
      <th scope="row" className="board-time">
        {text.times(startMs)}
      </th>
      {tables.map((tableNo) => {
        const place = { startMs, tableNo };
        const isHover = hover?.startMs === startMs && hover.tableNo === tableNo;
        return (
          <td key={tableNo}>
            <Cell
              meeting={meetingAt(board, place)}
              place={place}
              label={text.cell(place)}
              text={text}
              isReachable={reachableTable === tableNo}
              isLifted={lifted !== null && meetingAt(board, place)?.id === lifted.id}
              look={lifted === null ? null : isClosed ? 'closed' : 'open'}
              hover={
                isHover && lifted !== null
                  ? obstaclesAt(board, lifted, place).length === 0
                    ? 'free'
                    : 'taken'
                  : null
              }
            />
          </td>
        );
      })}
    </tr>
  );
}

interface CellProps extends Pick<PartProps, 'text'> {
  readonly meeting: Meeting | null;
  readonly place: Place;
  /** Of a free place its name; beside a meeting what its place tells the eye alone. */
  readonly label: string;
  readonly isReachable: boolean;
  readonly isLifted: boolean;
  /** While something is lifted: whether its people have time in this slot. */
  readonly look: 'open' | 'closed' | null;
  readonly hover: 'free' | 'taken' | null;
}

function Cell({ meeting, place, label, text, isReachable, isLifted, look, hover }: CellProps) {
  const cell = `${place.startMs} ${place.tableNo}`;
  const shared = {
    type: 'button' as const,
    'data-cell': cell,
    tabIndex: isReachable ? 0 : -1,
  };
  const marks = [
    hover === null ? '' : `board-over-${hover}`,
    isLifted ? 'board-lifted' : '',
    meeting === null && look !== null ? `board-${look}` : '',
  ].join(' ');
  if (meeting === null)
    return (
      <button {...shared} aria-label={label} className={`board-free ${marks}`}>
        <span aria-hidden="true">{look === 'closed' ? '✕' : '＋'}</span>
      </button>
    );
  return (
    <button {...shared} data-meeting={meeting.id} className={`board-card board-${meeting.status} ${marks}`}>
      <MeetingMark status={meeting.status} />
      <span>{text.company(meeting.askerId)}</span>
      <span>{text.company(meeting.askedId)}</span>
      <span className="hidden-visually">{label}</span>
    </button>
  );
}

/** Held and missed are told by a sign and a word, not by colour alone. */
export function MeetingMark({ status }: Pick<Meeting, 'status'>) {
  if (status !== 'held' && status !== 'missed') return null;
  return (
    <span className={`board-mark board-mark-${status}`}>
      {status === 'held' ? '✓' : '✕'} {t.status[status]}
    </span>
  );
}
