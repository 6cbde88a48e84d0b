import { useId, useState } from 'react';
import type { Session } from '#contracts/sessions';
import { inLang } from '../../../../shared/language.js';
import { timeOf } from '../../../../shared/time.js';
import { Ask, Button } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { freePlaces, inTheWay, someOf } from './obstacles.js';
import { instantAt, placeOf } from './place.js';
import type { PartProps } from './plan-grid.js';
import { t } from './planner-words.js';
import type { Target } from './steps-by-key.js';
import type { PlanActions } from './use-plan-actions.js';
import { useObstacles } from './use-obstacles.js';
import { startsOffered, type Scene } from './view.js';

/** Free places that are named. */
const [maxOfRoom, maxFreePlaces] = [2, 6];

interface Props extends PartProps {
  readonly session: Session;
  readonly actions: PlanActions;
  readonly onClose: () => void;
}

/** Everything that dragging does, by lists and buttons: for phones, screen readers, and people who prefer it. */
export function MoveDialog(props: Props) {
  const { session, text, actions, onClose } = props;
  const at = placeOf(session);
  const canMove = actions.canMove(session);
  return (
    <Ask title={text.title(session)} isOpen onClose={onClose}>
      <p className="muted">
        {[text.place(at, session.durationMinutes), t.minutes(session.durationMinutes), session.track]
          .filter(Boolean)
          .join(' · ')}
        <br />
        {text.speakers(session)}
      </p>
      {canMove ? <MoveForm {...props} /> : <p className="notice">{actions.whyNot(session)}</p>}
      {canMove && at !== null ? <SwapForm {...props} /> : null}
      <p className="actions">
        {canMove && at !== null ? (
          <Button
            look="danger"
            onPress={() => {
              actions.unschedule(session);
              onClose();
            }}
          >
            {t.unschedule}
          </Button>
        ) : null}
        <Button look="plain" onPress={onClose}>
          {words.back}
        </Button>
      </p>
    </Ask>
  );
}

function MoveForm({ session, scene, stop, text, plan, actions, onClose }: Props) {
  const obstacles = useObstacles(session, plan.sessions, stop);
  const roomIds = stop.rooms.map(({ id }) => id);
  const at = placeOf(session);
  const own = at === null ? null : { roomId: at.roomId, startMs: Date.parse(at.startsAt) };
  const isOwn = (one: Target): boolean => own?.roomId === one.roomId && own.startMs === one.startMs;
  const freeOn = (days: Scene['days']): Target[] => {
    const starts = days.flatMap((one) => startsOffered(scene, one, stop.timeZone, session));
    return freePlaces(obstacles, roomIds, starts).filter((one) => !isOwn(one));
  };
  const [chosen, setChosen] = useState<Target>(
    () =>
      own ??
      freeOn([scene.day])[0] ??
      freeOn(scene.days)[0] ?? { roomId: roomIds[0] ?? '', startMs: scene.day.fromMs },
  );
  const day = scene.days.find(({ fromMs, toMs }) => chosen.startMs >= fromMs && chosen.startMs < toMs);
  const starts = startsOffered(scene, day ?? scene.day, stop.timeZone, session);
  const why = inTheWay(obstacles, chosen.roomId, chosen.startMs);
  const later = scene.days.filter(({ date }) => date >= (day ?? scene.day).date);
  const free = someOf(freeOn(later), maxOfRoom, maxFreePlaces);
  const optionOf = (startMs: number): string => {
    const reasons = inTheWay(obstacles, chosen.roomId, startMs);
    const time = timeOf(instantAt(startMs), stop.timeZone);
    return reasons.length === 0 ? time : `${time} ✕ ${text.state(reasons)}`;
  };
  return (
    <>
      <div className="plan-choose">
        <Choice
          label={t.room}
          value={chosen.roomId}
          options={stop.rooms.map(({ id, name }) => [id, inLang(name, lang)])}
          onChange={(roomId) => setChosen({ ...chosen, roomId })}
        />
        {scene.days.length === 1 ? null : (
          <Choice
            label={t.day}
            value={String(day?.fromMs ?? '')}
            options={scene.days.map(({ fromMs }) => [String(fromMs), text.day(fromMs)])}
            onChange={(fromMs) => setChosen({ ...chosen, startMs: Number(fromMs) })}
          />
        )}
        <Choice
          label={t.start}
          value={String(chosen.startMs)}
          options={starts.map((ms) => [String(ms), optionOf(ms)])}
          onChange={(ms) => setChosen({ ...chosen, startMs: Number(ms) })}
        />
      </div>
      <p role="status" className={why.length === 0 ? 'plan-free' : 'plan-taken'}>
        {why.length === 0 ? '✓' : '✕'} {text.times(chosen.startMs, session.durationMinutes)}{' '}
        {isOwn(chosen) ? t.hereNow : text.state(why)}
      </p>
      <p className="actions">
        <Button
          isDisabled={why.length > 0 || isOwn(chosen)}
          onPress={() => {
            actions.place(session, chosen, []);
            onClose();
          }}
        >
          {t.moveHere}
        </Button>
      </p>
      {free.length === 0 ? null : (
        <div role="group" aria-label={t.freePlaces} className="plan-free-places">
          <span className="muted">{t.freePlaces}</span>
          {free.map((one) => (
            <button key={`${one.roomId} ${one.startMs}`} type="button" onClick={() => setChosen(one)}>
              {t.where(
                text.room(one.roomId),
                day !== undefined && one.startMs < day.toMs
                  ? text.times(one.startMs, session.durationMinutes)
                  : text.when(one.startMs, session.durationMinutes),
              )}
            </button>
          ))}
        </div>
      )}
    </>
  );
}

function SwapForm({ session, text, plan, actions, onClose }: Props) {
  const [withId, setWithId] = useState('');
  const others = plan.sessions.filter(
    (one) => one.id !== session.id && placeOf(one) !== null && actions.canMove(one),
  );
  const other = others.find(({ id }) => id === withId);
  if (others.length === 0) return null;
  return (
    <div className="plan-swap">
      <Choice
        label={t.swapWith}
        value={withId}
        options={[
          ['', t.pickSwap],
          ...others.map((one): [string, string] => [
            one.id,
            `${text.title(one)} · ${text.place(placeOf(one), one.durationMinutes)}`,
          ]),
        ]}
        onChange={setWithId}
      />
      <Button
        look="plain"
        isDisabled={other === undefined}
        onPress={() => {
          if (other === undefined) return;
          actions.swap(session, other);
          onClose();
        }}
      >
        {t.swap}
      </Button>
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly onChange: (value: string) => void;
}

/** A plain list, which every phone and screen reader knows. */
function Choice({ label, value, options, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="field-input"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
