import { inLang } from '../../../../shared/language.js';
import { Button } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { hasMore, steps } from './hours.js';
import type { PartProps } from './plan-grid.js';
import { t } from './planner-words.js';
import type { PlanActions } from './use-plan-actions.js';
import type { View } from './view.js';

interface Props extends PartProps {
  readonly view: View;
  readonly onView: (changed: Partial<View>) => void;
  readonly actions: PlanActions;
  /** Whether there is a list in place of the grid. */
  readonly isNarrow: boolean;
}

/** What of the plan is shown, and what was done taken back. */
export function Toolbar({ scene, stop, view, onView, plan, actions, text, isNarrow }: Props) {
  const { past, future, pending } = plan.state.moves;
  return (
    <div className="plan-tools">
      {scene.days.length === 1 ? null : (
        <div className="tabs" role="group" aria-label={t.day}>
          {scene.days.map(({ date, fromMs }) => (
            <button
              key={date}
              type="button"
              aria-pressed={date === scene.day.date}
              onClick={() => onView({ day: date })}
            >
              {text.day(fromMs)}
            </button>
          ))}
        </div>
      )}
      <div className="plan-tools-row">
        <Button look="plain" isDisabled={past.length === 0} onPress={actions.undo}>
          ↶ {t.undo}
        </Button>
        <Button look="plain" isDisabled={future.length === 0} onPress={actions.redo}>
          ↷ {t.redo}
        </Button>
        <label className="plan-step">
          <span>{t.step}</span>
          <select
            className="field-input"
            value={view.step}
            onChange={(event) =>
              onView({ step: steps.find((one) => one === Number(event.target.value)) ?? view.step })
            }
          >
            {steps.map((one) => (
              <option key={one} value={one}>
                {t.minutes(one)}
              </option>
            ))}
          </select>
        </label>
        {!isNarrow && (view.isWhole || hasMore(scene.day, scene.hours)) ? (
          <Button look="plain" onPress={() => onView({ isWhole: !view.isWhole })}>
            {view.isWhole ? t.usualHours : t.wholeDay}
          </Button>
        ) : null}
        {stop.rooms.length === 1 ? null : <Rooms stop={stop} view={view} onView={onView} />}
        <span className="muted plan-live">
          {pending.length > 0 ? t.saving : plan.isLive ? `● ${t.live}` : t.polling}
        </span>
      </div>
    </div>
  );
}

function Rooms({ stop, view, onView }: Pick<Props, 'stop' | 'view' | 'onView'>) {
  const toggle = (id: string): void => {
    const { hidden } = view;
    onView({ hidden: hidden.includes(id) ? hidden.filter((one) => one !== id) : [...hidden, id] });
  };
  const shown = stop.rooms.length - stop.rooms.filter(({ id }) => view.hidden.includes(id)).length;
  return (
    <details className="plan-rooms">
      <summary>
        {t.rooms} ({shown}/{stop.rooms.length})
      </summary>
      <div className="plan-rooms-list" role="group" aria-label={t.showRooms}>
        {stop.rooms.map(({ id, name }) => (
          <label key={id} className="tick">
            <input type="checkbox" checked={!view.hidden.includes(id)} onChange={() => toggle(id)} />
            <span>{inLang(name, lang)}</span>
          </label>
        ))}
      </div>
    </details>
  );
}
