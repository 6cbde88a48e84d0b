import { Link } from '@tanstack/react-router';
import { words } from '../../words/index.js';

const t = words.console;

/** The screens of one stop. */
export function StopTabs({ stopId }: { stopId: string }) {
  return (
    <nav className="tabs" aria-label={t.tours}>
      <Link to="/console/stops/$stopId/registrations" params={{ stopId }} search={{}} className="tab">
        {t.registrations}
      </Link>
      <Link to="/console/stops/$stopId/sessions" params={{ stopId }} className="tab">
        {t.sessions}
      </Link>
      <a className="tab" href={`/v1/stops/${stopId}/registrations.xlsx`}>
        XLSX
      </a>
    </nav>
  );
}
