import { useQuery } from '@tanstack/react-query';
import { Link, createLazyRoute, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { inLang } from '../../../../shared/language.js';
import { call } from '../../api/call.js';
import { company } from '../../api/queries.js';
import { Labelled } from '../../form/fields.js';
import { AskFirst, useAct } from '../../ui/act.js';
import { Screen } from '../../ui/screen.js';
import { ownMoment } from '../../ui/time.js';
import { Button, Field, Loaded, Problem } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { listings, vocabulary, type ListingShown } from './matching.queries.js';
import { t } from './words.js';

/** What the companies of a tour offer and need. */
function Listings() {
  const { tourId = '' } = useParams({ strict: false });
  return (
    <SignedIn role="company">
      {() => (
        <Screen title={t.listings} above={<Link to="/company/matching">{t.back}</Link>}>
          <p>
            <Link className="button button-main" to="/company/tours/$tourId/listings/new" params={{ tourId }}>
              {t.new}
            </Link>
          </p>
          <Lists tourId={tourId} />
        </Screen>
      )}
    </SignedIn>
  );
}

function Lists({ tourId }: { tourId: string }) {
  const own = useQuery(company);
  const query = useQuery(listings(tourId));
  return (
    <Loaded query={own}>
      {({ id }) => (
        <Loaded query={query}>
          {(all) => (
            <>
              <Mine listings={all.filter(({ companyId }) => companyId === id)} />
              <Others listings={all.filter(({ companyId }) => companyId !== id)} />
            </>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

function Mine({ listings: mine }: { listings: readonly ListingShown[] }) {
  return (
    <section aria-labelledby="mine">
      <h2 id="mine">{t.mine}</h2>
      {mine.length === 0 ? <p className="empty">{t.mineNone}</p> : null}
      <ul className="cards">
        {mine.map((listing) => (
          <li key={listing.id} className="card">
            <p>
              <span className="tag">{t.side[listing.side]}</span>{' '}
              <span className={`tag tag-${listing.state === 'published' ? 'confirmed' : 'pending'}`}>
                {t.state[listing.state]}
              </span>
            </p>
            <h3>{inLang(listing.title, lang)}</h3>
            <p>{inLang(listing.text, lang)}</p>
            <Concepts ids={listing.concepts} />
            {listing.reason === null ? (
              <p className="muted">{t.until(ownMoment(listing.expiresAt))}</p>
            ) : (
              <p className="notice">{t.removedBecause(listing.reason)}</p>
            )}
            <Moves listing={listing} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const changed = ['listings', 'listing', 'suggestions'];

function Moves({ listing }: { listing: ListingShown }) {
  const { id, state, version, title } = listing;
  const moving = useAct({
    run: (verb: 'publish' | 'pause', idempotencyKey) =>
      call('POST', `/listings/${id}/${verb}`, { body: {}, idempotencyKey, version }),
    refresh: changed,
  });
  if (state === 'closed' || state === 'removed') return null;
  return (
    <>
      <Problem error={moving.error} />
      <p className="actions">
        <Link className="button button-plain" to="/company/listings/$id" params={{ id }}>
          {t.edit}
          <span className="hidden-visually"> {inLang(title, lang)}</span>
        </Link>
        {state === 'published' ? (
          <Button look="plain" isDisabled={moving.isBusy} onPress={() => moving.act('pause')}>
            {t.pause}
          </Button>
        ) : state === 'draft' || state === 'paused' ? (
          <Button look="main" isDisabled={moving.isBusy} onPress={() => moving.act('publish')}>
            {t.publish}
          </Button>
        ) : null}
        <AskFirst
          button={t.close}
          title={t.closeTitle(inLang(title, lang))}
          hint={t.closeHint}
          action={t.close}
          run={(idempotencyKey) =>
            call('POST', `/listings/${id}/close`, { body: {}, idempotencyKey, version })
          }
          refresh={changed}
        />
      </p>
    </>
  );
}

/** The concepts of a listing by their names. */
export function Concepts({ ids }: { ids: readonly string[] }) {
  const { data } = useQuery(vocabulary);
  const names = new Map(data?.lists.flatMap(({ concepts }) => concepts.map((one) => [one.id, one[lang]])));
  return (
    <ul className="chips">
      {ids.map((id) => (
        <li key={id} className="chip">
          {names.get(id) ?? id}
        </li>
      ))}
    </ul>
  );
}

interface Filter {
  readonly text: string;
  readonly side: string;
}

function matches({ title, text, company: { name }, side }: ListingShown, filter: Filter): boolean {
  const all = [title.zh, title.en, text.zh, text.en, name.zh, name.en].join(' ').toLowerCase();
  return all.includes(filter.text.trim().toLowerCase()) && (filter.side === '' || filter.side === side);
}

function Others({ listings: others }: { listings: readonly ListingShown[] }) {
  const [filter, setFilter] = useState<Filter>({ text: '', side: '' });
  const shown = others.filter((one) => matches(one, filter));
  return (
    <section aria-labelledby="others">
      <h2 id="others">{t.others}</h2>
      <div className="two stack">
        <Field
          name="q"
          label={t.search}
          value={filter.text}
          onChange={(text) => setFilter({ ...filter, text })}
          isSearch
        />
        <Labelled label={t.filterSide} isRequired>
          {(described) => (
            <select
              {...described}
              aria-required={undefined}
              className="field-input"
              value={filter.side}
              onChange={(event) => setFilter({ ...filter, side: event.target.value })}
            >
              <option value="">{t.allSides}</option>
              <option value="offer">{t.sideOfOther.offer}</option>
              <option value="need">{t.sideOfOther.need}</option>
            </select>
          )}
        </Labelled>
      </div>
      {shown.length === 0 ? <p className="empty">{t.othersNone}</p> : null}
      <ul className="cards">
        {shown.map((listing) => (
          <li key={listing.id} className="card">
            <p className="muted">
              {inLang(listing.company.name, lang)}
              {listing.company.city === null ? null : ` · ${inLang(listing.company.city.name, lang)}`}
            </p>
            <h3>
              <span className="tag">{t.sideOfOther[listing.side]}</span> {inLang(listing.title, lang)}
            </h3>
            <p>{inLang(listing.text, lang)}</p>
            <Concepts ids={listing.concepts} />
          </li>
        ))}
      </ul>
    </section>
  );
}

export const route = createLazyRoute('/company/tours/$tourId/listings')({ component: Listings });
