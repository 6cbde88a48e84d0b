import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { Session } from '#contracts/sessions';
import type { Stop } from '#contracts/stops';
import { DayList } from './day-list.js';
import { letDrag } from '../../ui/drag.js';
import { DragGhost } from '../../ui/drag-ghost.js';
import { hoverAt } from './hover-at.js';
import { MoveDialog } from './move-dialog.js';
import { Notices } from './notices.js';
import { freePlaces, inTheWay } from './obstacles.js';
import { placeOf } from './place.js';
import { PlanGrid } from './plan-grid.js';
import { t } from './planner-words.js';
import { Spoken, SpokenStore } from '../../ui/spoken.js';
import { neighbour, steppedBy, type Placed, type Target } from './steps-by-key.js';
import { TargetStore } from './target-store.js';
import { TextOf } from './text-of.js';
import { Toolbar } from './toolbar.js';
import { Unscheduled } from './unscheduled.js';
import { usePlanActions } from './use-plan-actions.js';
import { useObstacles } from './use-obstacles.js';
import { useNarrow } from '../../ui/use-narrow.js';
import type { Plan } from './use-plan.js';
import { sceneOf, startsOffered, type Scene, type View } from './view.js';

export interface Lift {
  readonly session: Session;
  readonly by: 'pointer' | 'keys';
}

interface Props {
  readonly stop: Stop;
  readonly plan: Plan;
  readonly view: View;
  readonly onView: (changed: Partial<View>) => void;
}

export function Planner(props: Props) {
  const { stop, plan, view } = props;
  const scene = useMemo(() => sceneOf(stop, plan.sessions, view), [stop, plan.sessions, view]);
  return scene === null ? null : <PlannedDay {...props} scene={scene} />;
}

function PlannedDay({ stop, plan, view, onView, scene }: Props & { scene: Scene }) {
  const text = useMemo(() => new TextOf(stop, scene.days.length), [stop, scene.days.length]);
  const [lift, setLift] = useState<Lift | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const [focusId, setFocusId] = useState<string | null>(null);
  const spoken = useMemo(() => new SpokenStore(), []);
  const { say } = spoken;
  const target = useMemo(() => new TargetStore(), []);
  const isNarrow = useNarrow();
  const body = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const ghost = useRef<HTMLDivElement>(null);
  const actions = usePlanActions(stop, plan, text, say);
  const find = (id: string | null) => plan.sessions.find((one) => one.id === id);
  const obstacles = useObstacles(lift?.session ?? null, plan.sessions, stop);
  const focusSoon = useFocusSoon(body);

  const drop = (session: Session): void => {
    const hover = target.get();
    setLift(null);
    target.set(null);
    if (hover === 'list') actions.unschedule(session);
    else if (hover !== null) actions.place(session, hover, inTheWay(obstacles, hover.roomId, hover.startMs));
    focusSoon(session.id);
  };

  const lifted = useRef<{ lift: Lift | null; drop: typeof drop }>({ lift, drop });
  const latest = useRef({ find, actions, scene, stop });
  useEffect(() => {
    lifted.current = { lift, drop };
    latest.current = { find, actions, scene, stop };
  });

  useEffect(() => {
    const root = body.current;
    if (root === null || isNarrow) return undefined;
    let session: Session | undefined;
    return letDrag(root, {
      attribute: 'data-session',
      onLift: (id) => {
        session = latest.current.find(id);
        if (session === undefined || !latest.current.actions.canMove(session)) return false;
        lifted.current.lift = { session, by: 'pointer' };
        setLift(lifted.current.lift);
        return true;
      },
      onMove: (x, y, grabY) => {
        ghost.current?.style.setProperty('transform', `translate(${x + 8}px, ${y + 8}px)`);
        const { scene: now, stop: where } = latest.current;
        target.set(hoverAt({ x, y, grabY }, { list: list.current, box: box.current }, now, where.timeZone));
      },
      onDrop: () => {
        if (session !== undefined) lifted.current.drop(session);
      },
      onCancel: () => {
        setLift(null);
        target.set(null);
      },
      scroller: () => box.current,
    });
  }, [isNarrow, target]);

  const liftByKeys = (session: Session): void => {
    if (!actions.canMove(session)) return say(actions.whyNot(session));
    const at = placeOf(session);
    const isShown = at !== null && scene.rooms.some(({ id }) => id === at.roomId);
    target.set(
      isShown
        ? { roomId: at.roomId, startMs: Date.parse(at.startsAt) }
        : { roomId: scene.rooms[0]?.id ?? '', startMs: scene.day.fromMs },
    );
    setLift({ session, by: 'keys' });
    say(t.lifted(text.title(session)));
  };

  const hoverTo = (next: Target, session: Session): void => {
    target.set(next);
    const state = text.state(inTheWay(obstacles, next.roomId, next.startMs));
    say(t.hover(text.room(next.roomId), text.when(next.startMs, session.durationMinutes), state));
    const day = scene.days.find(({ fromMs, toMs }) => next.startMs >= fromMs && next.startMs < toMs);
    if (day !== undefined && day.date !== scene.day.date) onView({ day: day.date });
  };

  const onLiftedKey = (event: KeyboardEvent): void => {
    const at = target.get();
    if (lift === null || at === null || at === 'list' || event.nativeEvent.isComposing) return;
    const { session } = lift;
    if (event.key === 'Tab') return event.preventDefault();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const around = {
      roomIds: scene.rooms.map(({ id }) => id),
      days: scene.days,
      day: scene.day,
      step: scene.step,
      lengthMs: session.durationMinutes * 60_000,
    };
    const next = steppedBy(event.key, event.shiftKey, at, around);
    if (next !== null) hoverTo(next, session);
    else if (event.key === 'n' || event.key === 'N') toNextFree(at, session);
    else if (event.key === 'Enter' || event.key === ' ') dropByKeys(at, session);
    else if (event.key === 'Escape') cancelLift(session);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const toNextFree = (at: Target, session: Session): void => {
    const starts = startsOffered(scene, scene.day, stop.timeZone, session);
    const order = scene.rooms.map(({ id }) => id);
    const all = freePlaces(obstacles, order, starts);
    const isAfter = (one: Target): boolean =>
      one.startMs > at.startMs ||
      (one.startMs === at.startMs && order.indexOf(one.roomId) > order.indexOf(at.roomId));
    const next = all.find(isAfter) ?? all[0];
    if (next === undefined) say(t.noFree);
    else hoverTo(next, session);
  };

  const dropByKeys = (at: Target, session: Session): void => {
    const why = inTheWay(obstacles, at.roomId, at.startMs);
    // It stays lifted, so that the next key finds it a better place.
    if (why.length > 0) say(t.cannotDrop(text.state(why)));
    else drop(session);
  };

  const cancelLift = (session: Session): void => {
    setLift(null);
    target.set(null);
    say(t.cancelledLift(text.title(session)));
    focusSoon(session.id);
  };

  const onKey = (event: KeyboardEvent): void => {
    const session = find(sessionIdAt(event));
    if (session === undefined || event.nativeEvent.isComposing || lift !== null) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      if (isNarrow) return;
      liftByKeys(session);
    } else if (event.key === 'm' || event.key === 'M') setOpenId(session.id);
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      if (placeOf(session) === null || !actions.canMove(session)) return;
      actions.unschedule(session);
      focusSoon(session.id);
    } else {
      const next = neighbour(event.key, placedOf(session, scene), placedNear(session, scene));
      if (next === null) return;
      setFocusId(next.id);
      focusSoon(next.id);
    }
    event.preventDefault();
  };

  const onClick = (event: MouseEvent): void => {
    const session = find(sessionIdAt(event));
    if (session !== undefined && lift === null) setOpenId(session.id);
  };

  useUndoKeys(actions.undo, actions.redo);
  const open = find(openId);
  const shared = { scene, stop, text, plan, focusId };
  const show = (id: string): void => {
    const session = find(id);
    const day = scene.days.find(
      ({ fromMs, toMs }) =>
        session?.startsAt && Date.parse(session.startsAt) >= fromMs && Date.parse(session.startsAt) < toMs,
    );
    if (day !== undefined) onView({ day: day.date });
    setFocusId(id);
    focusSoon(id);
  };
  return (
    <>
      <Toolbar {...shared} view={view} onView={onView} actions={actions} isNarrow={isNarrow} />
      <Spoken store={spoken} />
      {/* Sessions are buttons; what is handled here is what their keys and presses mean in a plan. */}
      <div
        className="plan-body"
        ref={body}
        onKeyDown={onKey}
        onClick={onClick}
        onFocus={(event) => setFocusId(sessionIdAt(event) ?? focusId)}
        data-lifted={lift === null ? undefined : lift.by}
      >
        <Unscheduled
          {...shared}
          ref={list}
          isDropZone={lift?.by === 'pointer' && placeOf(lift.session) !== null}
          target={target}
        />
        {isNarrow ? (
          <DayList {...shared} />
        ) : (
          <PlanGrid
            {...shared}
            ref={box}
            lift={lift}
            obstacles={obstacles}
            target={target}
            onLiftedKey={onLiftedKey}
            onLeave={() => {
              if (lift?.by === 'keys') cancelLift(lift.session);
            }}
          />
        )}
      </div>
      <Notices stop={stop} plan={plan} text={text} actions={actions} onShow={show} />
      {isNarrow ? null : (
        <>
          <p className="muted plan-hint">{t.keysHint}</p>
          <p className="muted plan-hint">{t.touchHint}</p>
        </>
      )}
      {lift?.by === 'pointer' ? <DragGhost ref={ghost} title={text.title(lift.session)} /> : null}
      {open === undefined ? null : (
        <MoveDialog
          key={open.id}
          session={open}
          {...shared}
          actions={actions}
          onClose={() => {
            setOpenId(null);
            focusSoon(open.id);
          }}
        />
      )}
    </>
  );
}

function sessionIdAt({ target }: { target: EventTarget }): string | null {
  const element = target instanceof Element ? target.closest('[data-session]') : null;
  return element?.getAttribute('data-session') ?? null;
}

/** A session's place as the arrows see it; those without one stand below each other in a room of their own. */
function placedOf(session: Session, { rooms, unscheduled }: Scene): Placed {
  const at = placeOf(session);
  return at === null
    ? { id: session.id, room: -1, startMs: unscheduled.indexOf(session) }
    : {
        id: session.id,
        room: rooms.findIndex(({ id }) => id === at.roomId),
        startMs: Date.parse(at.startsAt),
      };
}

function placedNear(session: Session, scene: Scene): Placed[] {
  const some = placeOf(session) === null ? scene.unscheduled : scene.placed;
  return some.map((one) => placedOf(one, scene));
}

/** Puts the focus on a session once it is drawn at its new place. */
function useFocusSoon(body: { readonly current: HTMLElement | null }): (id: string) => void {
  const wanted = useRef<string | null>(null);
  const [, draw] = useState(0);
  useEffect(() => {
    if (wanted.current === null) return;
    const found = body.current?.querySelector<HTMLElement>(`[data-session="${CSS.escape(wanted.current)}"]`);
    wanted.current = null;
    found?.focus();
  });
  return (id) => {
    wanted.current = id;
    draw((now) => now + 1);
  };
}

function useUndoKeys(undo: () => void, redo: () => void): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      const isInText =
        event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (isInText || event.isComposing || !(event.ctrlKey || event.metaKey)) return;
      const key = event.key.toLowerCase();
      if (key === 'z' && !event.shiftKey) undo();
      else if (key === 'y' || key === 'z') redo();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
}
