import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { words, wordsOf } from '../../words/index.js';

const t = words.console;
const planning = wordsOf({
  zh: { planner: '排期', releases: '发布日程', meetings: '洽谈' },
  en: { planner: 'Planner', releases: 'Releases', meetings: 'Meetings' },
});

/** Screens beside the list of sessions that belong to it. */
const ofSessions = /\/(reviews|import)$/;

/** The screens of one stop; on a phone a strip that scrolls. */
export function StopTabs({ stopId }: { stopId: string }) {
  const params = { stopId };
  const { pathname } = useLocation();
  const strip = useRef<HTMLElement>(null);
  useEffect(() => {
    const [box, current] = [
      strip.current,
      strip.current?.querySelector<HTMLElement>('[aria-current="page"]'),
    ];
    // In the middle, so that the ones on both sides show that there is more.
    if (box && current)
      box.scrollLeft = current.offsetLeft - box.offsetLeft - (box.clientWidth - current.clientWidth) / 2;
  }, []);
  return (
    <nav ref={strip} className="tabs stop-tabs" aria-label={t.tours}>
      <Link to="/console/stops/$stopId" params={params} className="tab" activeOptions={{ exact: true }}>
        {words.nav.overview}
      </Link>
      <Link to="/console/stops/$stopId/registrations" params={params} search={{}} className="tab">
        {t.registrations}
      </Link>
      <Link
        to="/console/stops/$stopId/sessions"
        params={params}
        className="tab"
        {...(ofSessions.test(pathname) ? { 'aria-current': 'page' } : {})}
      >
        {t.sessions}
      </Link>
      <Link to="/console/stops/$stopId/planner" params={params} className="tab">
        {planning.planner}
      </Link>
      <Link to="/console/stops/$stopId/releases" params={params} className="tab">
        {planning.releases}
      </Link>
      <Link
        to="/console/stops/$stopId/meetings"
        params={params}
        className="tab"
        activeOptions={{ includeSearch: false }}
      >
        {planning.meetings}
      </Link>
      <Link to="/console/stops/$stopId/attendance" params={params} className="tab">
        {t.attendance}
      </Link>
      <Link to="/console/stops/$stopId/announcements" params={params} className="tab">
        {t.announcements}
      </Link>
      <Link to="/console/stops/$stopId/mails" params={params} search={{}} className="tab">
        {t.mails}
      </Link>
      <Link to="/console/stops/$stopId/door" params={params} className="tab">
        {t.door}
      </Link>
      <Link to="/console/stops/$stopId/exports" params={params} className="tab">
        {t.exports}
      </Link>
      <Link to="/console/stops/$stopId/outcomes" params={params} className="tab">
        {t.outcomes}
      </Link>
    </nav>
  );
}
