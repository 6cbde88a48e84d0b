import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import type { Paper } from '#contracts/ledger';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { Button, Loaded } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { OutcomesScreen } from '../outcomes/outcomes-screen.js';
import { editionsOf } from './drafts.js';
import { Announce, Code, DeleteDraft, LedgerState } from './ledger-parts.js';
import { papers } from './ledger.queries.js';
import { t } from './ledger-words.js';
import { paperKind } from './paper-forms.js';
import { EntryDialog, NewEntry } from './entry-forms.js';

const Page = () => <OutcomesScreen screen="papers">{(stop) => <Papers stop={stop} />}</OutcomesScreen>;

/** The publications of the tour that belong to this stop, or to none, with their editions. */
function Papers({ stop }: { stop: Stop }) {
  const query = useQuery(papers(stop.tourId));
  return (
    <>
      <p className="muted lead">{t.papersLead}</p>
      <NewEntry stop={stop} kind={paperKind} />
      <Loaded query={query}>{(all) => <PaperList stop={stop} all={all} />}</Loaded>
    </>
  );
}

function PaperList({ stop, all }: { stop: Stop; all: readonly Paper[] }) {
  const chains = editionsOf(all).filter((chain) =>
    chain.some(({ stopId }) => stopId === stop.id || stopId === null),
  );
  if (chains.length === 0) return <p className="empty">{t.noPapers}</p>;
  return (
    <ul className="cards">
      {chains.map((chain) => (
        <li key={chain[0]?.id} className="card">
          {chain.map((paper, at) => (
            <Edition
              key={paper.id}
              stop={stop}
              of={paper}
              isNewest={at === 0}
              replaces={chain[at + 1]?.edition}
            />
          ))}
        </li>
      ))}
    </ul>
  );
}

interface EditionProps {
  readonly stop: Stop;
  readonly of: Paper;
  readonly isNewest: boolean;
  readonly replaces: string | undefined;
}

function Edition({ stop, of, isNewest, replaces }: EditionProps) {
  const name = inLang(of.title, lang);
  return (
    <section>
      {isNewest ? <h2>{name}</h2> : <h3>{name}</h3>}
      <p>
        <LedgerState announcedAt={of.announcedAt} /> {of.edition}
        {replaces === undefined ? null : <span className="muted"> · {t.older(replaces)}</span>}
      </p>
      <p className="muted">
        {of.issuers.join(lang === 'zh' ? '、' : ', ')}
        {of.authors.length === 0 ? '' : ` · ${of.authors.join(lang === 'zh' ? '、' : ', ')}`}
      </p>
      {of.url === null ? null : (
        <p>
          <a href={of.url} rel="noopener">
            {of.url}
          </a>
        </p>
      )}
      <Code code={of.code} />
      {isNewest ? <PaperActions stop={stop} of={of} /> : null}
    </section>
  );
}

function PaperActions({ stop, of }: { stop: Stop; of: Paper }) {
  const [open, setOpen] = useState<'change' | 'correction' | null>(null);
  const name = `${inLang(of.title, lang)} ${of.edition}`;
  const path = `/papers/${of.id}`;
  const isAnnounced = of.state === 'announced';
  return (
    <div className="actions">
      {isAnnounced ? null : <Announce path={path} name={name} version={of.version} />}
      <Button
        look="plain"
        aria-label={`${isAnnounced ? t.newEdition : t.edit} ${name}`}
        onPress={() => setOpen(isAnnounced ? 'correction' : 'change')}
      >
        {isAnnounced ? t.newEdition : t.edit}
      </Button>
      {isAnnounced ? null : <DeleteDraft path={path} name={name} version={of.version} />}
      {open === null ? null : (
        <EntryDialog stop={stop} kind={paperKind} of={of} as={open} onClose={() => setOpen(null)} />
      )}
    </div>
  );
}

export const route = createLazyRoute('/console/stops/$stopId/outcomes/papers')({ component: Page });
