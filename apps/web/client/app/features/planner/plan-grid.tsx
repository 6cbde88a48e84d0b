import { memo, useEffect, useRef, useSyncExternalStore, type KeyboardEvent, type Ref } from 'react';
import type { Session } from '#contracts/sessions';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { shortDateOf, timeOf } from '../../../../shared/time.js';
import { lang } from '../../words/index.js';
import { hourMarks, type Hours } from './hours.js';
import { inTheWay, painted, type Obstacle } from './obstacles.js';
import { instantAt, minuteMs } from './place.js';
import { t } from './planner-words.js';
import type { Lift } from './planner.js';
import { SessionCard } from './session-card.js';
import type { TargetStore } from './target-store.js';
import type { TextOf } from './text-of.js';
import type { Plan } from './use-plan.js';
import type { Scene } from './view.js';

export interface PartProps {
  readonly scene: Scene;
  readonly stop: Stop;
  readonly text: TextOf;
  readonly plan: Plan;
  /** The session that the Tab key reaches. */
  readonly focusId: string | null;
}

interface GridProps extends PartProps {
  readonly ref: Ref<HTMLDivElement>;
  readonly lift: Lift | null;
  readonly obstacles: readonly Obstacle[];
  readonly target: TargetStore;
  readonly onLiftedKey: (event: KeyboardEvent) => void;
  readonly onLeave: () => void;
}

/** Rooms beside each other, the time of one day downwards. */
export function PlanGrid(props: GridProps) {
  const { scene, stop, lift, obstacles } = props;
  const { hours, rooms, day } = scene;
  const height = heightOf(hours, scene);
  const dayText = shortDateOf(instantAt(day.fromMs), stop.timeZone, lang);
  const columns = `3.6rem repeat(${rooms.length}, minmax(10.5rem, 1fr))`;
  return (
    <div className="plan-box" ref={props.ref} role="region" aria-label={t.grid(dayText)} tabIndex={0}>
      <div
        className="plan-grid"
        style={{ gridTemplateColumns: columns, gridTemplateRows: `auto ${height}px` }}
      >
        <div className="plan-corner" />
        {rooms.map((room, at) => (
          <div key={room.id} className="plan-room" style={{ gridColumn: at + 2 }}>
            <strong>{inLang(room.name, lang)}</strong> <span className="muted">{t.seats(room.seats)}</span>
          </div>
        ))}
        <Times hours={hours} scene={scene} timeZone={stop.timeZone} />
        {rooms.map((room, at) => (
          <Column
            key={room.id}
            roomId={room.id}
            at={at}
            scene={scene}
            stop={stop}
            obstacles={lift === null ? null : obstacles}
          />
        ))}
        <Cards {...props} />
        <TargetBox {...props} />
      </div>
    </div>
  );
}

const topOf = (ms: number, { hours, pixelsPerMinute }: Scene): number =>
  ((ms - hours.fromMs) / minuteMs) * pixelsPerMinute;
const heightOf = ({ fromMs, toMs }: Hours, { pixelsPerMinute }: Scene): number =>
  ((toMs - fromMs) / minuteMs) * pixelsPerMinute;

function Times({ hours, scene, timeZone }: { hours: Hours; scene: Scene; timeZone: string }) {
  return (
    <div className="plan-times" aria-hidden="true">
      {hourMarks(hours).map((ms) => (
        <span key={ms} style={{ top: topOf(ms, scene) }}>
          {timeOf(instantAt(ms), timeZone)}
        </span>
      ))}
    </div>
  );
}

interface ColumnProps {
  readonly roomId: string;
  readonly at: number;
  readonly scene: Scene;
  readonly stop: Stop;
  readonly obstacles: readonly Obstacle[] | null;
}

const paintOf: Readonly<Record<Obstacle['code'], string>> = {
  'session.room_conflict': 'plan-blocked-room',
  'session.speaker_conflict': 'plan-blocked-speaker',
  'session.outside_stop': 'plan-blocked-outside',
};

/** One room: its lines, the hours that are not the stop's, and while a session is lifted the starts that it can't have. */
const Column = memo(function Column({ roomId, at, scene, stop, obstacles }: ColumnProps) {
  const { hours, pixelsPerMinute } = scene;
  const closed = [
    { fromMs: hours.fromMs, toMs: Date.parse(stop.startsAt) },
    { fromMs: Date.parse(stop.endsAt), toMs: hours.toMs },
  ].filter(({ fromMs, toMs }) => fromMs < toMs);
  return (
    <div
      className="plan-column"
      data-room={roomId}
      aria-hidden="true"
      style={{
        gridColumn: at + 2,
        backgroundSize: `100% ${60 * pixelsPerMinute}px, 100% ${30 * pixelsPerMinute}px`,
      }}
    >
      {closed.map((range) => (
        <div
          key={range.fromMs}
          className="plan-closed"
          style={{ top: topOf(range.fromMs, scene), height: heightOf(range, scene) }}
        />
      ))}
      {(obstacles === null ? [] : painted(obstacles, roomId, hours)).map((range) => (
        <div
          key={`${range.code} ${range.fromMs}`}
          className={`plan-blocked ${paintOf[range.code]}`}
          style={{ top: topOf(range.fromMs, scene), height: heightOf(range, scene) }}
        >
          {/* What takes the room stands there itself. */}
          <span>✕ {range.code === 'session.room_conflict' ? '' : t.blocked[range.code]}</span>
        </div>
      ))}
    </div>
  );
});

function Cards({ scene, stop, text, plan, focusId, lift }: GridProps) {
  const { placed, rooms } = scene;
  const pending = new Set(plan.state.moves.pending.map(({ move }) => move.sessionId));
  const news = new Set(plan.news.map(({ id }) => id));
  const reachable = placed.some(({ id }) => id === focusId) ? focusId : placed[0]?.id;
  return (
    <div role="list" className="plan-cards" aria-label={t.title}>
      {placed.map((session) => {
        const startMs = Date.parse(session.startsAt ?? '');
        const title = text.title(session);
        const speakers = text.speakers(session);
        const length = session.durationMinutes;
        return (
          <SessionCard
            key={session.id}
            session={session}
            title={title}
            times={text.times(startMs, length)}
            speakers={speakers}
            where={t.inRoom(text.room(session.roomId ?? ''))}
            label={t.card(title, text.room(session.roomId ?? ''), text.when(startMs, length), speakers)}
            isReachable={session.id === reachable}
            isPending={pending.has(session.id)}
            isNews={news.has(session.id)}
            isLifted={lift?.session.id === session.id}
            isEnded={isPast(session, stop)}
            column={rooms.findIndex(({ id }) => id === session.roomId) + 2}
            top={topOf(startMs, scene)}
            height={length * scene.pixelsPerMinute}
          />
        );
      })}
    </div>
  );
}

function isPast({ endsAt }: Session, { status }: Stop): boolean {
  return status === 'completed' || (endsAt !== null && Date.parse(endsAt) <= Date.now());
}

/** Where a lifted session would be, and whether it could. By keys it has the focus, and takes every key. */
function TargetBox({ scene, text, lift, obstacles, target, onLiftedKey, onLeave }: GridProps) {
  const hover = useSyncExternalStore(target.subscribe, target.get);
  const box = useRef<HTMLDivElement>(null);
  const isByKeys = lift?.by === 'keys';
  useEffect(() => {
    if (isByKeys) box.current?.focus({ preventScroll: true });
  }, [isByKeys]);
  useEffect(() => {
    if (isByKeys) box.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isByKeys, hover]);
  if (lift === null || hover === null || hover === 'list') return null;
  const { session } = lift;
  const why = inTheWay(obstacles, hover.roomId, hover.startMs);
  const column = scene.rooms.findIndex(({ id }) => id === hover.roomId) + 2;
  const state = text.state(why);
  return (
    <div
      ref={box}
      className={`plan-target ${why.length === 0 ? 'plan-target-free' : 'plan-target-taken'}`}
      style={{
        gridColumn: column,
        top: topOf(hover.startMs, scene),
        height: session.durationMinutes * scene.pixelsPerMinute,
      }}
      {...(isByKeys
        ? {
            role: 'application',
            tabIndex: 0,
            'aria-label': t.lifted(text.title(session)),
            onKeyDown: onLiftedKey,
            onBlur: onLeave,
          }
        : { 'aria-hidden': true })}
    >
      <strong>{text.times(hover.startMs, session.durationMinutes)}</strong>{' '}
      <span>
        {why.length === 0 ? '✓' : '✕'} {state}
      </span>
    </div>
  );
}
