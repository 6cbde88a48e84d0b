import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { pathIn } from '../../../../shared/language.js';
import type { Me } from '#contracts/people';
import { me } from '../../api/queries.js';
import { Screen } from '../../ui/screen.js';
import { Loaded, Loading } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';

/** Shows a screen to who is signed in with that role; leads others to the sign-in, and back afterwards. */
export function SignedIn({
  role,
  children,
}: {
  role: 'company' | 'organizer' | 'any';
  children: (me: Me) => ReactNode;
}) {
  const query = useQuery(me);
  return (
    <Loaded query={query}>
      {(person) => {
        if (person === null) return <ToSignIn />;
        if (role === 'any' || person.role === role) return children(person);
        return <OtherRole person={person} role={role} />;
      }}
    </Loaded>
  );
}

function ToSignIn() {
  const { pathname, searchStr } = useLocation();
  useEffect(() => {
    const next = encodeURIComponent(pathIn(lang, pathname) + searchStr);
    location.replace(`${pathIn(lang, '/sign-in')}?next=${next}`);
  }, [pathname, searchStr]);
  return <Loading />;
}

function OtherRole({ person, role }: { person: Me; role: 'company' | 'organizer' }) {
  if (person.role === null && role === 'company') return <NoCompany />;
  const own = person.role === 'company' || person.role === 'organizer' ? person.role : null;
  return (
    <div className="narrow">
      <Screen title={words.desk.wrongPlace}>
        <p className="notice">{words.desk.wrongRole[role]}</p>
        <p className="actions">
          {own === null ? null : (
            <a className="button button-main" href={pathIn(lang, places[own])}>
              {words.desk.ownPlace[own]}
            </a>
          )}
          <a className="button button-plain" href={pathIn(lang, '/sign-in')}>
            {words.desk.otherSignIn}
          </a>
        </p>
      </Screen>
    </div>
  );
}

const places = { company: '/company', organizer: '/console' } as const;

function NoCompany() {
  return (
    <div className="narrow">
      <Screen title={words.signIn.signUp}>
        <p className="notice">{words.desk.noCompany}</p>
        <p>
          <a className="button button-main" href={pathIn(lang, '/sign-up')}>
            {words.signIn.signUp}
          </a>
        </p>
      </Screen>
    </div>
  );
}
