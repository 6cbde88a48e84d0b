import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Me } from '#contracts/people';
import { words } from './words/index.js';

const t = words.nav;

/** The screens of a role, in the order in which they are used. On a phone they are behind one button. */
export function Nav({ role }: { role: Me['role'] }) {
  const [isOpen, setOpen] = useState(false);
  const { pathname } = useLocation();
  useEffect(() => setOpen(false), [pathname]);
  if (role !== 'organizer' && role !== 'company') return null;
  return (
    <nav className="areas" aria-label={words.menu}>
      <button
        type="button"
        className="areas-button"
        aria-expanded={isOpen}
        aria-controls="areas"
        onClick={() => setOpen((now) => !now)}
      >
        {words.menu}
      </button>
      <ul id="areas" data-open={isOpen ? true : undefined}>
        {role === 'organizer' ? <OrganizersAreas /> : <CompanysAreas />}
      </ul>
    </nav>
  );
}

function OrganizersAreas() {
  return (
    <>
      <li>
        <Link to="/console" activeOptions={{ exact: true }}>
          {words.console.tours}
        </Link>
      </li>
      <li>
        <Link to="/console/companies" search={{}}>
          {words.console.companies}
        </Link>
      </li>
      <li>
        <Link to="/console/members">{t.members}</Link>
      </li>
      <li>
        <Link to="/console/keys">{t.keys}</Link>
      </li>
      <li>
        <Link to="/console/mail">{t.mail}</Link>
      </li>
      <li>
        <Link to="/console/webhooks">{t.webhooks}</Link>
      </li>
      <li>
        <Link to="/console/bots">{t.bots}</Link>
      </li>
      <li>
        <Link to="/console/audit" search={{}}>
          {t.audit}
        </Link>
      </li>
    </>
  );
}

function CompanysAreas() {
  return (
    <>
      <li>
        <Link to="/company" activeOptions={{ exact: true }}>
          {t.overview}
        </Link>
      </li>
      <li>
        <Link to="/company/profile">{t.profile}</Link>
      </li>
      <li>
        <Link to="/company/sessions">{t.sessions}</Link>
      </li>
      <li>
        <Link to="/company/matching">{t.matching}</Link>
      </li>
      <li>
        <Link to="/company/follow-ups">{t.followUps}</Link>
      </li>
      <li>
        <Link to="/company/certificates">{t.certificates}</Link>
      </li>
      <li>
        <Link to="/company/members">{t.members}</Link>
      </li>
      <li>
        <Link to="/company/keys">{t.keys}</Link>
      </li>
      <li>
        <Link to="/company/webhooks">{t.webhooks}</Link>
      </li>
      <li>
        <Link to="/company/data">{t.data}</Link>
      </li>
    </>
  );
}
