import type { MatchedListing } from '../listings/matched-listing.js';
import { TextIndex, type CommonWord } from './text-index.js';

/** How well one company's offer answers another's need; `value` lies between 0 and 1. */
export interface ListingMatch {
  readonly need: MatchedListing;
  readonly offer: MatchedListing;
  readonly value: number;
}

/** What makes up the value of a match: it is the sum of all of these. */
export interface MatchReasons {
  readonly concepts: readonly { readonly conceptId: string; readonly value: number }[];
  readonly words: readonly CommonWord[];
}

const facetShare = 0.9;
const textShare = 0.1;
/** Counted as if so many listings more were there, so that one listing more or less changes no weight by much. */
const priorListings = 40;
const priorHolders = 4;

/** Published listings, prepared so that one need is compared with every offer in milliseconds. */
export class ListingIndex {
  private readonly holders = new Map<string, number[]>();
  private readonly weights = new Map<string, number>();
  /** The weights of all concepts of each listing together. */
  private readonly sizes: readonly number[];
  private readonly texts: TextIndex;

  constructor(readonly listings: readonly MatchedListing[]) {
    for (const [place, { concepts }] of listings.entries()) {
      for (const concept of concepts) {
        const holders = this.holders.get(concept);
        if (holders === undefined) this.holders.set(concept, [place]);
        else holders.push(place);
      }
    }
    for (const [concept, { length }] of this.holders) {
      this.weights.set(concept, Math.log(1 + (listings.length + priorListings) / (length + priorHolders)));
    }
    this.sizes = listings.map(({ concepts }) => concepts.reduce((sum, one) => sum + this.weightOf(one), 0));
    this.texts = new TextIndex(listings.map(textOf));
  }

  /** The offers of other companies that have a concept in common with a need, each with the value of the match. */
  matchesOf(place: number): ListingMatch[] {
    const need = this.listings[place];
    if (need?.side !== 'need') return [];
    const common = new Float64Array(this.listings.length);
    for (const concept of need.concepts) {
      for (const holder of this.holders.get(concept) ?? []) {
        common[holder] = (common[holder] ?? 0) + this.weightOf(concept);
      }
    }
    const similar = new Float64Array(this.listings.length);
    this.texts.addSimilarities(place, similar);
    return this.listings.flatMap((offer, at) => {
      if (offer.side !== 'offer' || offer.companyId === need.companyId || common[at] === 0) return [];
      const facets = (common[at] ?? 0) / this.sizeOfBoth(place, at, common[at] ?? 0);
      return [{ need, offer, value: facetShare * facets + textShare * (similar[at] ?? 0) }];
    });
  }

  reasonsOf({ need, offer }: ListingMatch): MatchReasons {
    const [at, other] = [this.listings.indexOf(need), this.listings.indexOf(offer)];
    const shared = need.concepts.filter((concept) => offer.concepts.includes(concept));
    const common = shared.reduce((sum, concept) => sum + this.weightOf(concept), 0);
    const size = this.sizeOfBoth(at, other, common);
    return {
      concepts: shared.map((conceptId) => ({
        conceptId,
        value: (facetShare * this.weightOf(conceptId)) / size,
      })),
      words: this.texts.commonWords(at, other).map(({ word, value }) => ({ word, value: textShare * value })),
    };
  }

  /**
   * The weight of what either side names. Dividing by both makes a concept that one side drops cost exactly its own
   * points, whichever side it is: the other still names it.
   */
  private sizeOfBoth(one: number, other: number, common: number): number {
    return (this.sizes[one] ?? 0) + (this.sizes[other] ?? 0) - common;
  }

  /** Rare concepts weigh more than those that every second listing names. */
  private weightOf(concept: string): number {
    return this.weights.get(concept) ?? 0;
  }
}

function textOf({ title, text }: MatchedListing): string {
  return [title.zh, title.en, text.zh, text.en].filter((one) => one !== undefined).join('\n');
}
