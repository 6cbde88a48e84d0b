import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { htmlLang, otherLanguage, pathIn } from '../../shared/language.js';
import { me } from './api/queries.js';
import { ActingAs } from './features/account/acting-as.js';
import { SignOut } from './features/account/sign-out.js';
import { Nav } from './nav.js';
import { Unanswered } from './ui/unanswered.js';
import { lang, words } from './words/index.js';

/** What every screen has around it: where one is, who one is, the other language. */
export function Shell() {
  const { data: person } = useQuery(me);
  const { pathname, searchStr } = useLocation();
  const other = otherLanguage(lang);
  return (
    <>
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <header className="top">
        <div className="top-in">
          <a className="brand" href={pathIn(lang, '/')}>
            <span className="brand-mark" aria-hidden="true" />
            {words.brand}
          </a>
          <nav aria-label={words.brand}>
            <a href={pathIn(other, pathname) + searchStr} hrefLang={htmlLang[other]} lang={htmlLang[other]}>
              {words.nav.switchTo}
            </a>
            {person ? <ActingAs person={person} /> : null}
            {person ? <Link to="/account">{words.nav.account}</Link> : null}
            {person ? <SignOut person={person} /> : null}
          </nav>
        </div>
      </header>
      <Nav role={person?.role ?? null} />
      <main id="content" tabIndex={-1}>
        <Unanswered />
        <Outlet />
      </main>
    </>
  );
}
