import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { inLang } from '../../../../shared/language.js';
import { call, newIdempotencyKey } from '../../api/call.js';
import { companies, type OrganizersCompany } from '../../api/queries.js';
import { Button, Field, Loaded, Problem } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';

const t = words.console;

/** More are found by searching. */
const shownAtMost = 100;

const Page = () => <SignedIn role="organizer">{() => <Companies />}</SignedIn>;

function Companies() {
  const [q, setQ] = useState('');
  const found = useDeferredValue(q.trim());
  const query = useQuery(companies(found === '' ? '' : `&q=${encodeURIComponent(found)}`));
  return (
    <>
      <h1>{t.companies}</h1>
      <p className="muted">{t.companiesHint}</p>
      <Field name="q" isSearch label={t.searchCompany} value={q} onChange={setQ} />
      <Loaded query={query}>
        {(all) => (
          <>
            {all.length === 0 ? <p className="empty">{t.noCompany}</p> : null}
            <ul className="rows">
              {all.slice(0, shownAtMost).map((one) => (
                <CompanyRow key={one.id} company={one} />
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </>
  );
}

function CompanyRow({ company: { id, name, uscc, status } }: { company: OrganizersCompany }) {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (action: 'verify' | 'suspend') =>
      call('POST', `/companies/${id}/${action}`, { idempotencyKey: newIdempotencyKey() }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['companies'] }),
  });
  const text = inLang(name, lang);
  return (
    <li>
      <span>
        <strong>{text}</strong>{' '}
        <span className={`tag tag-${status === 'verified' ? 'confirmed' : status}`}>
          {t.standing[status]}
        </span>
        <br />
        <span className="muted">{uscc}</span>
        <Problem error={change.error} />
      </span>
      <span className="actions">
        {status === 'verified' ? null : (
          <Button
            look="plain"
            aria-label={`${t.verify} ${text}`}
            isDisabled={change.isPending}
            onPress={() => change.mutate('verify')}
          >
            {t.verify}
          </Button>
        )}
        {status === 'suspended' ? null : (
          <Button
            look="danger"
            aria-label={`${t.suspend} ${text}`}
            isDisabled={change.isPending}
            onPress={() => change.mutate('suspend')}
          >
            {t.suspend}
          </Button>
        )}
      </span>
    </li>
  );
}

export const route = createLazyRoute('/console/companies')({ component: Page });
