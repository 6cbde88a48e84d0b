import type { PartProps } from './plan-grid.js';
import { t } from './planner-words.js';

/** A day on a phone: sessions in order of time, each with a press from its dialog. */
export function DayList({ scene, text, plan }: PartProps) {
  const news = new Set(plan.news.map(({ id }) => id));
  return (
    <section aria-labelledby="planned">
      <h2 id="planned">{t.grid(text.day(scene.day.fromMs))}</h2>
      {scene.placed.length === 0 ? <p className="empty">{t.nothingPlanned}</p> : null}
      <ol className="plan-list-items">
        {scene.placed.map((session) => (
          <li key={session.id}>
            <button
              type="button"
              className={`plan-card plan-card-listed${news.has(session.id) ? ' plan-card-news' : ''}`}
              data-session={session.id}
            >
              <span className="plan-card-times">
                {text.times(Date.parse(session.startsAt ?? ''), session.durationMinutes)} ·{' '}
                {text.room(session.roomId ?? '')}
              </span>
              <strong>{text.title(session)}</strong>
              <span className="plan-card-speakers">{text.speakers(session)}</span>
              {news.has(session.id) ? <span className="plan-card-mark">{t.colleague}</span> : null}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
