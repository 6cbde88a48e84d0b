import type { Interest } from '../interests/interest.js';
import type { MatchedListing } from '../listings/matched-listing.js';
import type { InterestLevel } from '#contracts';
import { ListingIndex, type ListingMatch } from './listing-index.js';
import {
  scorePair,
  valueOf,
  type CompanyPair,
  type Part,
  type PartName,
  type PairScore,
} from './pair-score.js';

/** All that decides who is suggested to whom at a stop. */
export interface SuggestionInput {
  /** Companies with a live registration at the stop whom its organizer has not suspended. */
  readonly companyIds: readonly string[];
  /** The published listings of the tour. */
  readonly listings: readonly MatchedListing[];
  readonly interests: readonly Interest[];
  /** Pairs whose meeting stayed unplaced at an earlier stop. */
  readonly carried: readonly (readonly [string, string])[];
  /** Pairs that met before. */
  readonly met: readonly (readonly [string, string])[];
}

export interface Suggestion {
  readonly companyId: string;
  readonly score: number;
  readonly parts: readonly Part[];
  /** The listings of the suggested company that matched, and those of the company that looks. */
  readonly listings: readonly MatchedListing[];
  readonly yourListings: readonly MatchedListing[];
}

export const maxSuggestions = 20;
/** In how many lists of a stop one company stands at most, so that the popular ones do not hide the others. */
export const maxAppearances = 30;

const interestPoints = { must: 20, want: 10, no: 0 } as const;
/** Which part of its score a pair loses that met before: there is less reason to introduce them. */
const metShare = 0.5;

interface Candidate extends Suggestion {
  readonly viewerId: string;
}

/** The suggestions for every company of a stop, best first. The same input gives the same lists. */
export function suggestForAll(input: SuggestionInput): ReadonlyMap<string, readonly Suggestion[]> {
  const steps = suggestInSteps(input);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same in steps of some milliseconds, between which a server can answer others. */
export function* suggestInSteps(
  input: SuggestionInput,
): Generator<undefined, ReadonlyMap<string, readonly Suggestion[]>> {
  const attending = new Set(input.companyIds);
  const listings = input.listings
    .filter(({ companyId }) => attending.has(companyId))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const index = new ListingIndex(listings);
  const pairs = new PairBook(input.interests);
  for (const place of listings.keys()) {
    for (const match of index.matchesOf(place)) pairs.add(match);
    yield;
  }
  const bonuses = bonusesOf(input);
  const ordered: { pair: CompanyPair; viewerId: string; value: number }[] = [];
  for (const pair of pairs.all()) {
    for (const viewerId of pair.ids)
      ordered.push({ pair, viewerId, value: estimate(pair, viewerId, bonuses) });
  }
  ordered.sort(
    (a, b) => b.value - a.value || (`${a.viewerId}${otherOf(a)}` < `${b.viewerId}${otherOf(b)}` ? -1 : 1),
  );
  yield;
  return choose(ordered, (pair, viewerId) => suggestionOf(pair, viewerId, scorePair(index, pair), bonuses));
}

/** Takes the best first, while neither the one's list is full nor the other stands in too many. */
function choose(
  ordered: readonly { pair: CompanyPair; viewerId: string }[],
  make: (pair: CompanyPair, viewerId: string) => Suggestion,
): ReadonlyMap<string, readonly Suggestion[]> {
  const lists = new Map<string, Candidate[]>();
  const appearances = new Map<string, number>();
  for (const { pair, viewerId } of ordered) {
    const shownId = otherOf({ pair, viewerId });
    const list = lists.get(viewerId) ?? [];
    const shown = appearances.get(shownId) ?? 0;
    if (list.length >= maxSuggestions || shown >= maxAppearances) continue;
    list.push({ viewerId, ...make(pair, viewerId) });
    lists.set(viewerId, list);
    appearances.set(shownId, shown + 1);
  }
  return new Map(
    [...lists].map(([viewerId, list]) => [
      viewerId,
      list
        .map(({ viewerId: _viewer, ...suggestion }) => suggestion)
        .sort((a, b) => b.score - a.score || (a.companyId < b.companyId ? -1 : 1)),
    ]),
  );
}

interface Bonuses {
  readonly interests: ReadonlyMap<string, InterestLevel>;
  readonly carried: ReadonlySet<string>;
  readonly met: ReadonlySet<string>;
}

function bonusesOf({ interests, carried, met }: SuggestionInput): Bonuses {
  return {
    interests: new Map(
      interests.map(({ companyId, towardsId, level }) => [`${companyId} ${towardsId}`, level]),
    ),
    carried: new Set(carried.map(([a, b]) => keyOf(a, b))),
    met: new Set(met.map(([a, b]) => keyOf(a, b))),
  };
}

/** The score that a pair is going to have, before its reasons are worked out. */
function estimate(pair: CompanyPair, viewerId: string, bonuses: Bonuses): number {
  const base = Math.round(100 * valueOf(pair));
  return base + extraParts(base, pair, viewerId, bonuses).reduce((sum, { points }) => sum + points, 0);
}

function suggestionOf(pair: CompanyPair, viewerId: string, scored: PairScore, bonuses: Bonuses): Suggestion {
  const isFirst = pair.ids[0] === viewerId;
  const names: Record<PairScore['parts'][number]['part'], PartName> = {
    firstNeeds: isFirst ? 'they_offer' : 'they_need',
    secondNeeds: isFirst ? 'they_need' : 'they_offer',
    text: 'text',
  };
  const order = ['they_offer', 'they_need', 'text'];
  const parts = [
    ...scored.parts
      .map(({ part, points, terms }) => ({ part: names[part], points, terms }))
      .sort((a, b) => order.indexOf(a.part) - order.indexOf(b.part)),
    ...extraParts(scored.score, pair, viewerId, bonuses),
  ];
  const matched = [pair.firstNeeds, pair.secondNeeds].flatMap((match) =>
    match ? [match.need, match.offer] : [],
  );
  const companyId = otherOf({ pair, viewerId });
  return {
    companyId,
    score: parts.reduce((sum, { points }) => sum + points, 0),
    parts,
    listings: matched.filter((listing) => listing.companyId === companyId),
    yourListings: matched.filter((listing) => listing.companyId === viewerId),
  };
}

/** What the viewer's own interest, an earlier meeting and one that found no place add to the score, up to 100. */
function extraParts(base: number, { ids }: CompanyPair, viewerId: string, bonuses: Bonuses): Part[] {
  const shownId = ids[0] === viewerId ? ids[1] : ids[0];
  const level = bonuses.interests.get(`${viewerId} ${shownId}`);
  const interest = Math.min(level === undefined ? 0 : interestPoints[level], 100 - base);
  const met = bonuses.met.has(keyOf(...ids)) ? -Math.round(metShare * (base + interest)) : 0;
  // A meeting that was agreed and found no place is owed: it ranks before all others.
  const carried = bonuses.carried.has(keyOf(...ids)) ? 100 - base - interest - met : 0;
  const parts: Part[] = [
    { part: 'interest', points: interest, terms: [{ text: level ?? '', points: interest }] },
    { part: 'carried', points: carried, terms: [{ points: carried }] },
    { part: 'met', points: met, terms: [{ points: met }] },
  ];
  return parts.filter(({ points }) => points !== 0);
}

/** The best match of each pair of companies in each direction, without those where either said no. */
class PairBook {
  private readonly pairs = new Map<string, CompanyPair>();
  private readonly unwanted: ReadonlySet<string>;

  constructor(interests: readonly Interest[]) {
    const refusals = interests.filter(({ level }) => level === 'no');
    this.unwanted = new Set(refusals.map(({ companyId, towardsId }) => keyOf(companyId, towardsId)));
  }

  add(match: ListingMatch): void {
    const [a, b] = [match.need.companyId, match.offer.companyId];
    const key = keyOf(a, b);
    if (this.unwanted.has(key)) return;
    const ids: [string, string] = a < b ? [a, b] : [b, a];
    const known = this.pairs.get(key) ?? { ids, firstNeeds: null, secondNeeds: null };
    const direction = a < b ? 'firstNeeds' : 'secondNeeds';
    if (match.value > (known[direction]?.value ?? 0)) this.pairs.set(key, { ...known, [direction]: match });
  }

  all(): Iterable<CompanyPair> {
    return this.pairs.values();
  }
}

function otherOf({ pair, viewerId }: { pair: CompanyPair; viewerId: string }): string {
  return pair.ids[0] === viewerId ? pair.ids[1] : pair.ids[0];
}

function keyOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
