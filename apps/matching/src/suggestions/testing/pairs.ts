import { concepts } from '#reference-data';
import type { MatchedListing } from '../../listings/matched-listing.js';

export interface Pair {
  readonly need: MatchedListing;
  readonly offer: MatchedListing;
}

const lists: Readonly<Record<string, string>> = {
  k: 'kind',
  m: 'modality',
  d: 'domain',
  t: 'task',
  w: 'technology',
  c: 'terms',
};

/** Reads the rows of pairs.data.ts; every listing belongs to a company of its own. */
export function readPairs(rows: string, half: string): Pair[] {
  return rows
    .trim()
    .split('\n')
    .map((row, number) => {
      const [need = '', needTags = '', offer = '', offerTags = ''] = row.split('|');
      const id = `${half}-${String(number).padStart(2, '0')}`;
      return { need: listing('need', id, need, needTags), offer: listing('offer', id, offer, offerTags) };
    });
}

/** Forgets every fifth concept, counted over all listings of either side, but leaves each listing one. */
export function forgetEveryFifth(pairs: readonly Pair[]): Pair[] {
  let count = 0;
  const shorter = (one: MatchedListing) => {
    const kept = one.concepts.filter(() => ++count % 5 !== 0);
    return { ...one, concepts: kept.length === 0 ? one.concepts : kept };
  };
  return pairs.map(({ need, offer }) => ({ need: shorter(need), offer: shorter(offer) }));
}

function listing(side: 'need' | 'offer', id: string, words: string, tags: string): MatchedListing {
  const language = /\p{Script=Han}/u.test(words) ? 'zh' : 'en';
  return {
    id: `${side}-${id}`,
    companyId: `${side}-company-${id}`,
    side,
    title: { [language]: words },
    text: { [language]: words },
    concepts: tags.split(' ').map((tag) => known(`${lists[tag.slice(0, 1)] ?? ''}${tag.slice(1)}`)),
  };
}

function known(id: string): string {
  if (!concepts.some((concept) => concept.id === id)) throw new Error(`${id} is no concept`);
  return id;
}
