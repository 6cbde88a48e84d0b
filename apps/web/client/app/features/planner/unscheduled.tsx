import { useState, useSyncExternalStore, type Ref } from 'react';
import type { Session } from '#contracts/sessions';
import { folded } from '../../../../shared/timetable/filter.js';
import { Field } from '../../ui/ui.js';
import type { PartProps } from './plan-grid.js';
import { t } from './planner-words.js';
import type { TargetStore } from './target-store.js';
import type { TextOf } from './text-of.js';

const sorts = ['oldest', 'longest', 'track'] as const;
type Sort = (typeof sorts)[number];
/** Below this number of sessions nobody has to search. */
const fewSessions = 6;

interface Props extends PartProps {
  readonly ref: Ref<HTMLElement>;
  /** Whether what is dragged loses its place when it is dropped here. */
  readonly isDropZone: boolean;
  readonly target: TargetStore;
}

/** The sessions without a place. */
export function Unscheduled({ scene, text, plan, focusId, ref, isDropZone, target }: Props) {
  const [q, setQ] = useState('');
  const [sort, setSort] = useState<Sort>('oldest');
  const isHovered = useSyncExternalStore(target.subscribe, () => target.get() === 'list');
  const { unscheduled } = scene;
  const found = sorted(
    unscheduled.filter((one) => folded(textOf(one, text)).includes(folded(q.trim()))),
    sort,
  );
  const reachable = found.some(({ id }) => id === focusId) ? focusId : found[0]?.id;
  const isOver = isDropZone && isHovered;
  return (
    <section
      className={`plan-list${isOver ? ' plan-list-over' : ''}`}
      ref={ref}
      aria-labelledby="unscheduled"
    >
      <h2 id="unscheduled">{t.unscheduled(unscheduled.length)}</h2>
      {unscheduled.length < fewSessions ? null : (
        <div className="plan-list-tools">
          <Field name="q" isSearch label={t.search} value={q} onChange={setQ} />
          <SortField sort={sort} onChange={setSort} />
        </div>
      )}
      {isDropZone ? <p className="plan-drop-here">{t.dropHere}</p> : null}
      {found.length === 0 ? <p className="empty">{emptyWords(plan.sessions, unscheduled)}</p> : null}
      <ul className="plan-list-items">
        {found.map((session) => (
          <li key={session.id}>
            <button
              type="button"
              className="plan-card plan-card-listed"
              data-session={session.id}
              tabIndex={session.id === reachable ? 0 : -1}
            >
              <strong>{text.title(session)}</strong>
              <span className="plan-card-times">
                {t.minutes(session.durationMinutes)}
                {session.track === null ? '' : ` · ${session.track}`}
              </span>
              <span className="plan-card-speakers">{text.speakers(session)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function SortField({ sort, onChange }: { sort: Sort; onChange: (sort: Sort) => void }) {
  return (
    <label className="field">
      <span className="field-label">{t.sort}</span>
      <select
        className="field-input"
        value={sort}
        onChange={(event) => onChange(sorts.find((one) => one === event.target.value) ?? 'oldest')}
      >
        {sorts.map((one) => (
          <option key={one} value={one}>
            {t.sorts[one]}
          </option>
        ))}
      </select>
    </label>
  );
}

function emptyWords(sessions: readonly Session[], unscheduled: readonly Session[]): string {
  if (unscheduled.length > 0) return t.noMatch;
  return sessions.length === 0 ? t.noSessions : t.allScheduled;
}

function textOf(session: Session, text: TextOf): string {
  return [text.title(session), text.speakers(session), session.track ?? ''].join(' ');
}

function sorted(sessions: readonly Session[], sort: Sort): Session[] {
  return [...sessions].sort((a, b) => {
    if (sort === 'longest') return b.durationMinutes - a.durationMinutes;
    if (sort === 'track') return (a.track ?? '\uffff').localeCompare(b.track ?? '\uffff');
    return a.createdAt.localeCompare(b.createdAt);
  });
}
