import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { inLang } from '../../../../shared/language.js';
import { call } from '../../api/call.js';
import { Sure } from '../../ui/act.js';
import { Table, type Column } from '../../ui/table.js';
import { ownMoment } from '../../ui/time.js';
import { Button, Field, Loaded } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { listings, vocabulary, type ListingShown } from '../matching/matching.queries.js';
import { t as matching } from '../matching/words.js';
import { t } from './requests-words.js';

/** Everything that companies publish in a tour; the organizer removes what does not belong there. */
export function ListingsOfTour({ tourId }: { tourId: string }) {
  const query = useQuery(listings(tourId));
  return (
    <section>
      <h2>{t.listings}</h2>
      <p className="muted">{t.listingsOf}</p>
      <Loaded query={query}>{(all) => <Listings all={all} />}</Loaded>
    </section>
  );
}

const states = ['published', 'draft', 'paused', 'expired', 'closed', 'removed'] as const;

function Listings({ all }: { all: readonly ListingShown[] }) {
  const [state, setState] = useState<ListingShown['state'] | null>(null);
  const [q, setQ] = useState('');
  const known = useQuery(vocabulary);
  const concepts = new Map(
    known.data?.lists.flatMap((list) => list.concepts.map((one) => [one.id, one[lang]] as const)),
  );
  const wanted = q.normalize('NFKC').toLowerCase().trim();
  const rows = all.filter(
    (one) =>
      (state === null || one.state === state) &&
      [one.company.name, one.title, one.text]
        .map((text) => `${text.zh ?? ''} ${text.en ?? ''}`)
        .join(' ')
        .toLowerCase()
        .includes(wanted),
  );
  const columns: readonly Column<ListingShown>[] = [
    {
      head: t.title,
      cell: ({ title, text, concepts: ids }) => (
        <>
          <strong>{inLang(title, lang)}</strong>
          <details>
            <summary>{t.text}</summary>
            <p>{inLang(text, lang)}</p>
            <p className="muted">{ids.map((id) => concepts.get(id) ?? id).join(' · ')}</p>
          </details>
        </>
      ),
    },
    { head: t.sideHead, cell: ({ side }) => t.side[side] },
    { head: t.company, cell: ({ company }) => inLang(company.name, lang) },
    {
      head: words.console.state,
      cell: ({ state: is, reason }) => (
        <>
          <span className={`tag tag-${is === 'published' ? 'confirmed' : 'plain'}`}>
            {matching.state[is]}
          </span>
          {reason === null ? null : (
            <span className="muted">
              <br />
              {t.removed(reason)}
            </span>
          )}
        </>
      ),
    },
    { head: t.until, cell: ({ expiresAt }) => <span className="nowrap">{ownMoment(expiresAt)}</span> },
    { head: words.remove, isHeadHidden: true, cell: (one) => <Remove listing={one} /> },
  ];
  return (
    <>
      <Field name="listings" isSearch label={t.searchListings} value={q} onChange={setQ} />
      <div className="tabs" role="group" aria-label={words.console.state}>
        {[null, ...states].map((one) => (
          <button key={one ?? 'all'} type="button" aria-pressed={state === one} onClick={() => setState(one)}>
            {one === null ? words.all : matching.state[one]}{' '}
            <span className="muted">
              {all.filter((listing) => one === null || listing.state === one).length}
            </span>
          </button>
        ))}
      </div>
      <Table label={t.listings} columns={columns} rows={rows} keyOf={({ id }) => id} empty={t.listingsNone} />
    </>
  );
}

function Remove({ listing }: { listing: ListingShown }) {
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  if (listing.state === 'removed') return null;
  const title = inLang(listing.title, lang);
  return (
    <>
      <Button look="danger" aria-label={t.removeOne(title)} onPress={() => setOpen(true)}>
        {t.remove}
      </Button>
      {isOpen ? (
        <Sure
          title={t.removeTitle(title)}
          hint={t.removeHint}
          action={t.remove}
          isDisabled={reason.trim() === ''}
          run={(idempotencyKey) =>
            call('POST', `/listings/${listing.id}/remove`, {
              body: { reason: reason.trim() },
              idempotencyKey,
              version: listing.version,
            })
          }
          refresh={['listings', 'listing']}
          onClose={() => setOpen(false)}
        >
          <Field name="/reason" label={t.removeReason} value={reason} onChange={setReason} isRequired />
        </Sure>
      ) : null}
    </>
  );
}
