import { Link } from '@tanstack/react-router';
import { words } from '../../words/index.js';

const t = words.console;

/** The screens of one stop; on a phone a strip that scrolls. */
export function StopTabs({ stopId }: { stopId: string }) {
  const params = { stopId };
  return (
    <nav className="tabs stop-tabs" aria-label={t.tours}>
      <Link to="/console/stops/$stopId" params={params} className="tab" activeOptions={{ exact: true }}>
        {words.nav.overview}
      </Link>
      <Link to="/console/stops/$stopId/registrations" params={params} search={{}} className="tab">
        {t.registrations}
      </Link>
      <Link to="/console/stops/$stopId/sessions" params={params} className="tab">
        {t.sessions}
      </Link>
    </nav>
  );
}
