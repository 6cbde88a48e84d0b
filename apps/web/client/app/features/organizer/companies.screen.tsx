import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { inLang } from '../../../../shared/language.js';
import { call } from '../../api/call.js';
import { companies, type OrganizersCompany } from '../../api/queries.js';
import { AskFirst, useAct } from '../../ui/act.js';
import { Screen } from '../../ui/screen.js';
import { Button, Field, Loaded, Problem } from '../../ui/ui.js';
import { lang, words, wordsOf } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { companySearch, companyStates, type CompanySearch } from './company-search.js';

const t = words.console;
const more = wordsOf({
  zh: {
    suspendTitle: (name: string) => `暂停“${name}”？`,
    suspendHint: '它不能再报名您的站或提交分享；已有的报名保留。重新认证即可恢复。',
    shown: (count: number) => `显示前 ${count} 家，其余请搜索。`,
  },
  en: {
    suspendTitle: (name: string) => `Suspend “${name}”?`,
    suspendHint:
      'It can’t register at your stops or propose sessions; what it has stays. Verifying it again ends this.',
    shown: (count: number) => `The first ${count} are shown; search for others.`,
  },
});

/** More are found by searching. */
const shownAtMost = 100;
const typingMs = 300;

const Page = () => <SignedIn role="organizer">{() => <Companies />}</SignedIn>;

function Companies() {
  const search: CompanySearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const set = (changed: Partial<Record<keyof CompanySearch, string | undefined>>): void =>
    void navigate({
      to: '/console/companies',
      search: companySearch({ ...search, ...changed }),
      replace: true,
    });
  const [q, setQ] = useState(search.q ?? '');
  useEffect(() => {
    const timer = setTimeout(() => {
      if (q.trim() !== (search.q ?? '')) set({ q: q.trim() });
    }, typingMs);
    return () => clearTimeout(timer);
  });
  const query = useQuery(companies(queryOf(search)));
  return (
    <Screen title={t.companies} lead={t.companiesHint}>
      <Field name="q" isSearch label={t.searchCompany} value={q} onChange={setQ} />
      <nav className="tabs" aria-label={t.state}>
        {[undefined, ...companyStates].map((status) => (
          <button
            key={status ?? 'all'}
            type="button"
            aria-pressed={search.status === status}
            onClick={() => set({ status })}
          >
            {status === undefined ? t.all : t.standing[status]}
          </button>
        ))}
      </nav>
      <Loaded query={query}>
        {(all) => (
          <>
            {all.length === 0 ? <p className="empty">{t.noCompany}</p> : null}
            <ul className="rows">
              {all.slice(0, shownAtMost).map((one) => (
                <CompanyRow key={one.id} company={one} />
              ))}
            </ul>
            {all.length > shownAtMost ? <p className="muted">{more.shown(shownAtMost)}</p> : null}
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function queryOf({ q = '', status }: CompanySearch): string {
  return (q === '' ? '' : `&q=${encodeURIComponent(q)}`) + (status === undefined ? '' : `&status=${status}`);
}

function CompanyRow({ company: { id, name, uscc, status } }: { company: OrganizersCompany }) {
  const verify = useAct({
    run: (_: void, idempotencyKey) => call('POST', `/companies/${id}/verify`, { idempotencyKey }),
    refresh: ['companies'],
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
        <Problem error={verify.error} />
      </span>
      <span className="actions">
        {status === 'verified' ? null : (
          <Button
            look="plain"
            aria-label={`${t.verify} ${text}`}
            isDisabled={verify.isBusy}
            onPress={() => verify.act()}
          >
            {t.verify}
          </Button>
        )}
        {status === 'suspended' ? null : (
          <AskFirst
            button={t.suspend}
            label={`${t.suspend} ${text}`}
            title={more.suspendTitle(text)}
            hint={more.suspendHint}
            action={t.suspend}
            run={(idempotencyKey) => call('POST', `/companies/${id}/suspend`, { idempotencyKey })}
            refresh={['companies']}
          />
        )}
      </span>
    </li>
  );
}

export const route = createLazyRoute('/console/companies')({ component: Page });
