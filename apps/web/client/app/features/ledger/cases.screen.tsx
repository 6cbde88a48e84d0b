import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import type { Case } from '#contracts/ledger';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { call } from '../../api/call.js';
import { AskFirst } from '../../ui/act.js';
import { Button, Loaded } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { OutcomesScreen } from '../outcomes/outcomes-screen.js';
import { caseKind } from './case-forms.js';
import { EntryDialog, NewEntry } from './entry-forms.js';
import { Reviews } from './case-reviews.js';
import { useCompanyNames } from './company-picker.js';
import { correctedIn } from './drafts.js';
import { Announce, Code, DeleteDraft, LedgerState } from './ledger-parts.js';
import { cases, ledgerKeys } from './ledger.queries.js';
import { t } from './ledger-words.js';

const Page = () => <OutcomesScreen screen="cases">{(stop) => <Cases stop={stop} />}</OutcomesScreen>;

/** The application cases of this stop, from the nomination to the announcement. */
function Cases({ stop }: { stop: Stop }) {
  const query = useQuery(cases(stop.tourId));
  return (
    <>
      <p className="muted lead">{t.casesLead}</p>
      <NewEntry stop={stop} kind={caseKind} />
      <Loaded query={query}>{(all) => <CaseList stop={stop} all={all} />}</Loaded>
    </>
  );
}

const states = ['nominated', 'selected', 'announced'] as const;

function CaseList({ stop, all }: { stop: Stop; all: readonly Case[] }) {
  const [state, setState] = useState<Case['state'] | null>(null);
  const here = all.filter(({ stopId }) => stopId === stop.id);
  const corrected = correctedIn(all);
  const titleOf = titlesIn(all);
  const countOf = (one: Case['state'] | null) =>
    here.filter((found) => one === null || found.state === one).length;
  const shown = here.filter((one) => state === null || one.state === state);
  return (
    <>
      <div className="tabs" role="group" aria-label={words.console.state}>
        {[null, ...states].map((one) => (
          <button key={one ?? 'all'} type="button" aria-pressed={state === one} onClick={() => setState(one)}>
            {one === null ? words.all : t.caseStates[one]} <span className="muted">{countOf(one)}</span>
          </button>
        ))}
      </div>
      {shown.length === 0 ? <p className="empty">{t.noCases}</p> : null}
      <ol className="cards">
        {shown.map((one) => (
          <li key={one.id} className="card">
            <CaseCard
              stop={stop}
              of={one}
              isCorrected={corrected.has(one.id)}
              corrects={titleOf(one.corrects)}
            />
          </li>
        ))}
      </ol>
    </>
  );
}

/** What a correction says of the case that it replaces. */
function titlesIn(all: readonly Case[]): (id: string | null) => string | null {
  return (id) => {
    const found = all.find((one) => one.id === id);
    return found === undefined ? null : inLang(found.title, lang);
  };
}

interface CardProps {
  readonly stop: Stop;
  readonly of: Case;
  readonly isCorrected: boolean;
  readonly corrects: string | null;
}

function CaseCard({ stop, of, isCorrected, corrects }: CardProps) {
  const nameOf = useCompanyNames();
  return (
    <>
      <h2>{inLang(of.title, lang)}</h2>
      <p>
        {of.state === 'announced' ? (
          <LedgerState announcedAt={of.announcedAt} />
        ) : (
          <span className="tag tag-pending">{t.caseStates[of.state]}</span>
        )}{' '}
        {isCorrected ? <span className="tag">{t.corrected}</span> : null}
      </p>
      <p className="muted">
        {of.field} · {nameOf(of.companyIds)}
      </p>
      {corrects === null ? null : (
        <p className="muted">
          {t.corrects}: {corrects}
        </p>
      )}
      <p>{inLang(of.summary, lang)}</p>
      <Code code={of.code} />
      <Reviews of={of} />
      <CaseActions stop={stop} of={of} isCorrected={isCorrected} />
    </>
  );
}

function CaseActions({ stop, of, isCorrected }: Omit<CardProps, 'corrects'>) {
  const [open, setOpen] = useState<'change' | 'correction' | null>(null);
  const name = inLang(of.title, lang);
  const path = `/cases/${of.id}`;
  const isAnnounced = of.state === 'announced';
  if (isAnnounced && isCorrected) return null;
  return (
    <div className="actions">
      {of.state === 'nominated' ? (
        <AskFirst
          button={t.select}
          label={`${t.select} ${name}`}
          title={t.selectTitle(name)}
          hint={t.selectHint}
          action={t.select}
          look="main"
          run={(idempotencyKey) => call('POST', `${path}/select`, { idempotencyKey, version: of.version })}
          refresh={ledgerKeys}
        />
      ) : null}
      {of.state === 'selected' ? <Announce path={path} name={name} version={of.version} /> : null}
      <Button
        look="plain"
        aria-label={`${isAnnounced ? t.correct : t.edit} ${name}`}
        onPress={() => setOpen(isAnnounced ? 'correction' : 'change')}
      >
        {isAnnounced ? t.correct : t.edit}
      </Button>
      {isAnnounced ? null : <DeleteDraft path={path} name={name} version={of.version} />}
      {open === null ? null : (
        <EntryDialog stop={stop} kind={caseKind} of={of} as={open} onClose={() => setOpen(null)} />
      )}
    </div>
  );
}

export const route = createLazyRoute('/console/stops/$stopId/outcomes/cases')({ component: Page });
