import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { Meeting } from '#contracts/meetings';
import type { Stop } from '#contracts/stops';
import { dayOf } from '../../../../shared/time.js';
import { letDrag } from '../../ui/drag.js';
import { DragGhost } from '../../ui/drag-ghost.js';
import { Spoken, SpokenStore } from '../../ui/spoken.js';
import { useNarrow } from '../../ui/use-narrow.js';
import { BoardGrid } from './board-grid.js';
import { BoardList } from './board-list.js';
import { BoardNotices } from './board-notices.js';
import { BoardNumbers, BoardTools } from './board-tools.js';
import { rangeOf, tableRanges, type BoardSearch } from './board-search.js';
import { BoardText } from './board-text.js';
import { t } from './board-words.js';
import {
  daysOf,
  freePlaces,
  instantAt,
  isSamePlace,
  meetingAt,
  obstaclesAt,
  placeOf,
  steppedBy,
  type Board,
  type Place,
} from './board.js';
import { ChooseDialog } from './choose-dialog.js';
import type { useMove } from './meeting-board.queries.js';
import { MeetingDialog } from './meeting-dialog.js';
import { Waiting } from './waiting.js';

export type Moving = ReturnType<typeof useMove>;

/** What every part of the board is drawn from. */
export interface PartProps {
  readonly stop: Stop;
  readonly board: Board;
  readonly text: BoardText;
}

interface Lift {
  readonly id: string;
  readonly by: 'pointer' | 'keys';
}

interface Props {
  readonly stop: Stop;
  readonly board: Board;
  readonly search: BoardSearch;
  readonly onView: (changed: BoardSearch) => void;
  readonly moving: Moving;
}

/** Slots × tables of one day, what waits for a place, and everything that is done to them. */
export function MeetingBoard({ stop, board, search, onView, moving }: Props) {
  const days = useMemo(() => daysOf(board.slots, stop.timeZone), [board.slots, stop.timeZone]);
  const day = days.find((one) => one === search.day) ?? days[0] ?? '';
  const ranges = tableRanges(board.tables);
  const range = ranges.find(({ first }) => first === search.tables) ?? ranges[0];
  const tables = useMemo(
    () => (board.tables === 0 || range === undefined ? [] : numbers(range.first, range.last)),
    [board.tables, range?.first, range?.last],
  );
  const starts = useMemo(
    () =>
      board.slots.map(({ startMs }) => startMs).filter((ms) => dayOf(instantAt(ms), stop.timeZone) === day),
    [board.slots, stop.timeZone, day],
  );
  const text = useMemo(() => new BoardText(board, stop, days.length), [board, stop, days.length]);
  const isNarrow = useNarrow();
  const [lift, setLift] = useState<Lift | null>(null);
  const [hover, setHover] = useState<Place | 'list' | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const [openCell, setOpenCell] = useState<Place | null>(null);
  const [focus, setFocus] = useState<Place | null>(null);
  const [isUndoing, setUndoing] = useState(false);
  const [last, setLast] = useState<{ id: string; from: Place | null; to: Place | null } | null>(null);
  const spoken = useMemo(() => new SpokenStore(), []);
  const { say } = spoken;
  const body = useRef<HTMLDivElement>(null);
  const ghost = useRef<HTMLDivElement>(null);
  const focusSoon = useFocusSoon(body);
  const find = (id: string | null) => board.meetings.find((one) => one.id === id);
  const lifted = find(lift?.id ?? null);
  const canMove = ({ status }: Meeting): boolean =>
    (status === 'accepted' || status === 'scheduled') && stop.status !== 'cancelled';

  const move = (meeting: Meeting, to: Place | null): void => {
    const from = placeOf(meeting);
    if (isSamePlace(from, to)) return;
    // One after the other: the next move needs the version that this one makes.
    if (moving.isBusy) return say(t.saving);
    setLast({ id: meeting.id, from, to });
    setUndoing(false);
    moving.act({ meeting, to });
    say(
      to === null
        ? t.unplacedNow(text.pair(meeting))
        : t.placedAt(text.pair(meeting), text.when(to.startMs), to.tableNo),
    );
  };
  const undo = (): void => {
    const meeting = find(last?.id ?? null);
    if (last === null || meeting === undefined) return;
    moving.act({ meeting, to: last.from });
    setLast(null);
    setUndoing(true);
    say(t.undone);
  };

  /** @returns whether it could go there */
  const drop = (meeting: Meeting, to: Place | 'list'): boolean => {
    const obstacles = to === 'list' ? [] : obstaclesAt(board, meeting, to);
    if (obstacles.length > 0) {
      say(t.cannotDrop(text.state(meeting, obstacles)));
      return false;
    }
    if (moving.isBusy) {
      say(t.saving);
      return false;
    }
    setLift(null);
    setHover(null);
    move(meeting, to === 'list' ? null : to);
    return true;
  };

  const latest = useRef({ find, canMove, drop });
  useEffect(() => {
    latest.current = { find, canMove, drop };
  });
  useEffect(() => {
    const root = body.current;
    if (root === null || isNarrow) return undefined;
    let meeting: Meeting | undefined;
    // What is under the pointer counts, drawn or not.
    let over: Place | 'list' | null = null;
    return letDrag(root, {
      attribute: 'data-meeting',
      onLift: (id) => {
        meeting = latest.current.find(id);
        if (meeting === undefined || !latest.current.canMove(meeting)) return false;
        over = null;
        setLift({ id, by: 'pointer' });
        return true;
      },
      onMove: (x, y) => {
        ghost.current?.style.setProperty('transform', `translate(${x + 8}px, ${y + 8}px)`);
        const next = hoverAt(x, y);
        over = next;
        setHover((now) => (isSameHover(now, next) ? now : next));
      },
      onDrop: () => {
        if (meeting === undefined || over === null || !latest.current.drop(meeting, over)) {
          setLift(null);
          setHover(null);
        }
      },
      onCancel: () => {
        setLift(null);
        setHover(null);
      },
      scroller: () => root.querySelector('.board-box'),
    });
  }, [isNarrow]);

  const show = (place: Place): void => {
    const date = dayOf(instantAt(place.startMs), stop.timeZone);
    if (date !== day || !tables.includes(place.tableNo))
      onView({ day: date, tables: rangeOf(place.tableNo) });
    setFocus(place);
    focusSoon(cellSelector(place));
  };
  const hoverTo = (place: Place, meeting: Meeting): void => {
    show(place);
    const state = text.state(meeting, obstaclesAt(board, meeting, place));
    say(t.hover(text.when(place.startMs), place.tableNo, state));
  };
  const liftByKeys = (meeting: Meeting): void => {
    if (!canMove(meeting)) return say(t.fixed);
    setLift({ id: meeting.id, by: 'keys' });
    const [start, table] = [starts[0], tables[0]];
    const first = start === undefined || table === undefined ? null : { startMs: start, tableNo: table };
    const to = placeOf(meeting) ?? freePlaces(board, meeting)[0] ?? first;
    if (to !== null) show(to);
    say(t.lifted(text.pair(meeting)));
  };
  const cancelLift = (): void => {
    if (lifted === undefined) return;
    setLift(null);
    say(t.putBack(text.pair(lifted)));
    focusSoon(meetingSelector(lifted.id));
  };
  const toNextFree = (from: Place, meeting: Meeting): void => {
    const free = freePlaces(board, meeting);
    const next = free.find(({ startMs }) => startMs > from.startMs) ?? free[0];
    if (next === undefined) say(t.noFree);
    else hoverTo(next, meeting);
  };

  const onLiftedKey = (event: KeyboardEvent, at: Place | null, meeting: Meeting): void => {
    const next = at === null ? null : steppedBy(event.key, at, starts, tables);
    if (next !== null) hoverTo(next, meeting);
    else if (event.key === 'Escape') cancelLift();
    else if (at !== null && event.key.toLowerCase() === 'n') toNextFree(at, meeting);
    else if (at !== null && (event.key === 'Enter' || event.key === ' ')) {
      if (drop(meeting, at)) focusSoon(meetingSelector(meeting.id));
    } else if (event.key === 'Tab') return cancelLift();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const onKey = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey || isNarrow) return;
    const at = placeAt(event);
    if (lifted !== undefined && lift?.by === 'keys') return onLiftedKey(event, at, lifted);
    const meeting = find(meetingIdAt(event));
    if (meeting === undefined && at === null) return;
    const next = at === null ? null : steppedBy(event.key, at, starts, tables);
    if (next !== null) show(next);
    else if (event.key === 'Enter' || event.key === ' ') {
      if (meeting !== undefined) liftByKeys(meeting);
      else if (at !== null) setOpenCell(at);
    } else if (meeting !== undefined && event.key.toLowerCase() === 'm') setOpenId(meeting.id);
    else if (meeting !== undefined && (event.key === 'Delete' || event.key === 'Backspace')) {
      if (placeOf(meeting) === null || !canMove(meeting)) return;
      move(meeting, null);
      if (at !== null) focusSoon(cellSelector(at));
    } else return;
    event.preventDefault();
  };

  const onClick = (event: MouseEvent): void => {
    const at = placeAt(event);
    if (lifted !== undefined && lift?.by === 'keys') {
      if (at !== null) drop(lifted, at);
      return;
    }
    const id = meetingIdAt(event);
    if (id !== null) setOpenId(id);
    else if (at !== null && stop.status !== 'cancelled') setOpenCell(at);
  };

  const open = find(openId);
  const shared = { stop, board, text };
  const close = (): void => {
    setOpenId(null);
    setOpenCell(null);
    if (openCell !== null) focusSoon(cellSelector(openCell));
    else if (openId !== null) focusSoon(meetingSelector(openId));
  };
  const reachable = focus ?? firstPlace(starts, tables);
  return (
    <>
      <BoardNumbers {...shared} />
      <BoardTools
        {...shared}
        days={days}
        day={day}
        ranges={ranges}
        first={range?.first ?? 1}
        onView={onView}
        onUndo={last === null || moving.isBusy || moving.error !== null ? null : undo}
      />
      <Spoken store={spoken} />
      {/* Meetings and free places are buttons; what is handled here is what their keys and presses mean on a board. */}
      <div
        className="board-body"
        ref={body}
        onKeyDown={onKey}
        onClick={onClick}
        onFocus={(event) => setFocus(placeAt(event) ?? focus)}
        data-lifted={lift?.by}
      >
        <Waiting
          {...shared}
          isDropZone={lift?.by === 'pointer' && lifted?.status === 'scheduled'}
          isOver={hover === 'list'}
          liftedId={lift?.id ?? null}
        />
        {isNarrow ? (
          <BoardList {...shared} starts={starts} />
        ) : (
          <BoardGrid
            {...shared}
            starts={starts}
            tables={tables}
            lifted={lifted ?? null}
            hover={lift?.by === 'pointer' && hover !== 'list' ? hover : null}
            reachable={isWithin(reachable, starts, tables) ? reachable : firstPlace(starts, tables)}
          />
        )}
      </div>
      <BoardNotices
        text={text}
        moving={moving}
        meeting={find(last?.id ?? null) ?? null}
        isUndoing={isUndoing}
      />
      {isNarrow ? null : <p className="muted board-hint no-print">{t.keysHint}</p>}
      <p className="muted board-hint no-print">{t.signUpsHint}</p>
      {lift?.by === 'pointer' && lifted !== undefined ? (
        <DragGhost ref={ghost} title={text.pair(lifted)} />
      ) : null}
      {open === undefined ? null : <MeetingDialog key={open.id} {...shared} meeting={open} onClose={close} />}
      {openCell === null || meetingAt(board, openCell) !== null ? null : (
        <ChooseDialog
          {...shared}
          place={openCell}
          onChoose={(meeting) => {
            move(meeting, openCell);
            close();
          }}
          onClose={close}
        />
      )}
    </>
  );
}

const numbers = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);

function firstPlace(starts: readonly number[], tables: readonly number[]): Place | null {
  const [startMs, tableNo] = [starts[0], tables[0]];
  return startMs === undefined || tableNo === undefined ? null : { startMs, tableNo };
}

const isWithin = (place: Place | null, starts: readonly number[], tables: readonly number[]): boolean =>
  place !== null && starts.includes(place.startMs) && tables.includes(place.tableNo);

function attributeAt({ target }: { target: EventTarget }, name: string): string | null {
  const element = target instanceof Element ? target.closest(`[${name}]`) : null;
  return element?.getAttribute(name) ?? null;
}

const meetingIdAt = (event: { target: EventTarget }): string | null => attributeAt(event, 'data-meeting');

function placeOfCell(cell: string | null): Place | null {
  const [startMs, tableNo] = (cell ?? '').split(' ').map(Number);
  return cell === null || startMs === undefined || tableNo === undefined ? null : { startMs, tableNo };
}

const placeAt = (event: { target: EventTarget }): Place | null =>
  placeOfCell(attributeAt(event, 'data-cell'));

/** What lies under a pointer: a cell, or the list of those that wait. */
function hoverAt(x: number, y: number): Place | 'list' | null {
  const element = document.elementFromPoint(x, y);
  if (element?.closest('[data-waiting]')) return 'list';
  return placeOfCell(element?.closest('[data-cell]')?.getAttribute('data-cell') ?? null);
}

function isSameHover(one: Place | 'list' | null, other: Place | 'list' | null): boolean {
  if (one === null || other === null || one === 'list' || other === 'list') return one === other;
  return isSamePlace(one, other);
}

const cellSelector = ({ startMs, tableNo }: Place): string => `[data-cell="${startMs} ${tableNo}"]`;
const meetingSelector = (id: string): string => `[data-meeting="${CSS.escape(id)}"]`;

/** Puts the focus on a button once it is drawn at its new place. */
function useFocusSoon(body: { readonly current: HTMLElement | null }): (selector: string) => void {
  const wanted = useRef<string | null>(null);
  const [, draw] = useState(0);
  useEffect(() => {
    if (wanted.current === null) return;
    const found = body.current?.querySelector<HTMLElement>(wanted.current);
    // Of another day it is drawn a moment later.
    if (found === null || found === undefined) return;
    wanted.current = null;
    found.focus();
  });
  return (selector) => {
    wanted.current = selector;
    draw((now) => now + 1);
  };
}
