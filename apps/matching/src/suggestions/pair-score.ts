import type { ListingIndex, ListingMatch } from './listing-index.js';
import { shareOut } from './points.js';

export interface Term {
  readonly conceptId?: string;
  readonly text?: string;
  readonly points: number;
}
export type PartName = 'they_offer' | 'they_need' | 'text' | 'interest' | 'carried' | 'met';
export interface Part {
  readonly part: PartName;
  readonly points: number;
  readonly terms: readonly Term[];
}

/** The best matches of two companies, in either direction; the ids are in order. */
export interface CompanyPair {
  readonly ids: readonly [string, string];
  /** What the first needs and the second offers. */
  readonly firstNeeds: ListingMatch | null;
  /** What the second needs and the first offers. */
  readonly secondNeeds: ListingMatch | null;
}

/** A part of a pair's score before it is known which of the two is looking. */
type Direction = 'firstNeeds' | 'secondNeeds' | 'text';
export interface PairScore {
  readonly score: number;
  readonly parts: readonly {
    readonly part: Direction;
    readonly points: number;
    readonly terms: readonly Term[];
  }[];
}

/** What a pair in which one side alone gets something is worth of that side's value. */
const oneSidedShare = 0.35;

/** Between 0 and 1: mostly the harmonic mean of what each gets of the other, so that both have a reason to meet. */
export function valueOf({ firstNeeds, secondNeeds }: CompanyPair): number {
  const [a, b] = [firstNeeds?.value ?? 0, secondNeeds?.value ?? 0];
  const harmonic = a + b === 0 ? 0 : (2 * a * b) / (a + b);
  return oneSidedShare * Math.max(a, b) + (1 - oneSidedShare) * harmonic;
}

interface Leaf {
  readonly part: Direction;
  readonly conceptId?: string;
  readonly text?: string;
  readonly value: number;
}

/** The score of a pair in whole numbers: parts sum to it, and terms to their part. It is the same for both sides. */
export function scorePair(index: ListingIndex, pair: CompanyPair): PairScore {
  const score = Math.round(100 * valueOf(pair));
  const leaves = [
    ...leavesOf(index, pair.firstNeeds, 'firstNeeds'),
    ...leavesOf(index, pair.secondNeeds, 'secondNeeds'),
  ];
  const directions = ['firstNeeds', 'secondNeeds', 'text'] as const;
  const groups = directions.map((part) => withSameWordsJoined(leaves.filter((leaf) => leaf.part === part)));
  const points = shareOut(
    score,
    groups.map((group) => group.reduce((sum, { value }) => sum + value, 0)),
  );
  const parts = directions.map((part, place) => {
    const ordered = (groups[place] ?? []).toSorted(
      (a, b) => b.value - a.value || (nameOf(a) < nameOf(b) ? -1 : 1),
    );
    return { part, points: points[place] ?? 0, terms: termsOf(points[place] ?? 0, ordered) };
  });
  return { score, parts: parts.filter((part) => part.points > 0) };
}

function leavesOf(
  index: ListingIndex,
  match: ListingMatch | null,
  part: 'firstNeeds' | 'secondNeeds',
): Leaf[] {
  if (match === null) return [];
  const { concepts, words } = index.reasonsOf(match);
  return [
    ...concepts.map(({ conceptId, value }) => ({ part, conceptId, value })),
    ...words.map(({ word, value }) => ({ part: 'text' as const, text: word, value })),
  ];
}

/** A word that both matches have in common is named once. */
function withSameWordsJoined(leaves: readonly Leaf[]): Leaf[] {
  const joined = new Map<string, Leaf>();
  for (const leaf of leaves) {
    const before = joined.get(nameOf(leaf))?.value ?? 0;
    joined.set(nameOf(leaf), { ...leaf, value: before + leaf.value });
  }
  return [...joined.values()];
}

function termsOf(points: number, leaves: readonly Leaf[]): Term[] {
  const shares = shareOut(
    points,
    leaves.map(({ value }) => value),
  );
  return leaves
    .map(({ conceptId, text }, place) => ({
      ...(conceptId === undefined ? {} : { conceptId }),
      ...(text === undefined ? {} : { text }),
      points: shares[place] ?? 0,
    }))
    .filter((term) => term.points > 0);
}

function nameOf({ conceptId, text }: Leaf): string {
  return conceptId ?? text ?? '';
}
