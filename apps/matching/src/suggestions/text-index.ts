import { countWords, type CountedWord } from './words.js';

/** Usual values of BM25 for short texts (Robertson and Zaragoza 2009, section 3.4). */
const k1 = 1.2;
const b = 0.4;

/** A word that two texts have in common, with its share of their similarity. */
export interface CommonWord {
  readonly word: string;
  readonly value: number;
}

/**
 * How much of one text's words others have: BM25, divided by the rarity of all words of the text, so that it lies
 * between 0 and 1.
 */
export class TextIndex {
  private readonly words: readonly ReadonlyMap<string, CountedWord>[];
  private readonly weights = new Map<string, Map<number, number>>();
  private readonly queries = new Map<number, readonly { stem: string; share: number }[]>();

  constructor(texts: readonly string[]) {
    this.words = texts.map(countWords);
    const lengths = this.words.map((words) => sumOf([...words.values()].map(({ count }) => count)));
    const meanLength = Math.max(sumOf(lengths) / Math.max(texts.length, 1), 1);
    for (const [document, words] of this.words.entries()) {
      const norm = k1 * (1 - b + (b * (lengths[document] ?? 0)) / meanLength);
      for (const [stem, { count }] of words) {
        const holders = this.weights.get(stem) ?? new Map<number, number>();
        this.weights.set(stem, holders.set(document, count / (count + norm)));
      }
    }
  }

  /** Adds to `sums`, for each text, its similarity to one of them. */
  addSimilarities(text: number, sums: Float64Array): void {
    for (const { stem, share } of this.queryOf(text)) {
      for (const [document, weight] of this.weights.get(stem) ?? []) {
        sums[document] = (sums[document] ?? 0) + share * weight;
      }
    }
  }

  /** The words that one text has in common with another, as the other writes them. */
  commonWords(text: number, other: number): CommonWord[] {
    return this.queryOf(text).flatMap(({ stem, share }) => {
      const weight = this.weights.get(stem)?.get(other);
      const word = this.words[other]?.get(stem)?.written ?? stem;
      return weight === undefined ? [] : [{ word, value: share * weight }];
    });
  }

  /** The words of a text with their shares of its rarity; together they are 1. */
  private queryOf(text: number): readonly { stem: string; share: number }[] {
    const known = this.queries.get(text);
    if (known !== undefined) return known;
    const rarities = [...(this.words[text]?.keys() ?? [])].map((stem) => ({
      stem,
      rarity: this.rarityOf(stem),
    }));
    const sum = Math.max(sumOf(rarities.map(({ rarity }) => rarity)), Number.MIN_VALUE);
    const query = rarities.map(({ stem, rarity }) => ({ stem, share: rarity / sum }));
    this.queries.set(text, query);
    return query;
  }

  private rarityOf(stem: string): number {
    const holders = this.weights.get(stem)?.size ?? 0;
    return Math.log(1 + (this.words.length - holders + 0.5) / (holders + 0.5));
  }
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
