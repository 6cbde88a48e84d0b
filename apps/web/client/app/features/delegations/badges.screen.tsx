import { useQuery } from '@tanstack/react-query';
import { Link, createLazyRoute, useParams } from '@tanstack/react-router';
import type { Registration } from '#contracts/registrations';
import { inLang } from '../../../../shared/language.js';
import { stopTitle } from '../../../../shared/stop-title.js';
import { dateRange } from '../../../../shared/time.js';
import { registration as registrationQuery, stop as stopQuery } from '../../api/queries.js';
import { useTitle } from '../../ui/screen.js';
import { Button, Loaded } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { badgeImage } from './badge-dialog.js';

const t = words.registration;

function Page() {
  const { id = '' } = useParams({ strict: false });
  const query = useQuery(registrationQuery(id));
  return (
    <SignedIn role="company">
      {() => <Loaded query={query}>{(one) => <Sheet registration={one} />}</Loaded>}
    </SignedIn>
  );
}

/** Badges of 90 × 54 mm, ten on a sheet of A4. */
function Sheet({ registration }: { registration: Registration }) {
  const query = useQuery(stopQuery(registration.stopId));
  useTitle(query.data === undefined ? t.badges : `${stopTitle(query.data, lang).text} · ${t.badges}`);
  return (
    <>
      <p className="actions no-print">
        <Link to="/company/registrations/$id" params={{ id: registration.id }}>
          {words.back}
        </Link>
        <Button onPress={() => window.print()}>{t.print}</Button>
      </p>
      <h1 className="no-print">{t.badges}</h1>
      <Loaded query={query}>
        {(stop) => (
          <ul className="badges">
            {registration.delegates
              .filter(({ badge }) => badge !== null)
              .map((delegate) => (
                <li key={delegate.id} className="badge">
                  <img src={badgeImage(registration.id, delegate.id)} alt={t.showBadge(delegate.name)} />
                  <span className="badge-words">
                    <strong>{delegate.name}</strong>
                    <span>{inLang(registration.company.name, lang)}</span>
                    <span className="muted">
                      {stopTitle(stop, lang).text} ·{' '}
                      {dateRange(stop.startsAt, stop.endsAt, stop.timeZone, lang)}
                    </span>
                  </span>
                </li>
              ))}
          </ul>
        )}
      </Loaded>
    </>
  );
}

export const route = createLazyRoute('/company/registrations/$id/badges')({ component: Page });
