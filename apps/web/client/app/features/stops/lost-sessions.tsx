import { inLang, type Localized } from '../../../../shared/language.js';
import { lang } from '../../words/index.js';
import { t } from './words.js';

export interface Unscheduled {
  readonly id: string;
  readonly title: Localized;
  readonly reason: string | null;
}

/** The sessions that a change took their places. */
export function LostSessions({ sessions }: { sessions: readonly Unscheduled[] }) {
  if (sessions.length === 0) return null;
  return (
    <div className="notice" role="status">
      <p>{t.lost(sessions.length)}</p>
      <ul>
        {sessions.map(({ id, title, reason }) => (
          <li key={id}>
            {inLang(title, lang)} <span className="muted">{reason}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
