import { concepts, type Concept } from '#reference-data';
import { foldWithOffsets } from './folded-text.js';

type Language = 'zh' | 'en';
export interface ListingText {
  readonly title: { readonly zh?: string | undefined; readonly en?: string | undefined };
  readonly text: { readonly zh?: string | undefined; readonly en?: string | undefined };
}

/** A stretch of one string that names a concept; `from` and `to` count UTF-16 units, `to` is behind the last. */
export interface MatchedTerm {
  readonly field: 'title' | 'text';
  readonly language: Language;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}
export interface ProposedConcept {
  readonly id: string;
  readonly terms: readonly MatchedTerm[];
}

interface Match {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

const wordCharacter = /[\p{Script=Latin}\p{N}]/u;
const idsByTerm = indexOf(concepts);
const longestTerm = Math.max(...[...idsByTerm.keys()].map((term) => term.length));

/** The concepts that a text names, in the order in which it names them first; the title stands before the text. */
export function proposeConcepts(listing: ListingText): ProposedConcept[] {
  const found = new Map<string, MatchedTerm[]>();
  for (const field of ['title', 'text'] as const) {
    for (const language of ['zh', 'en'] as const) {
      const written = listing[field][language];
      for (const { id, from, to } of written === undefined ? [] : matchTerms(written)) {
        const term = { field, language, from, to, text: (written ?? '').slice(from, to) };
        found.set(id, [...(found.get(id) ?? []), term]);
      }
    }
  }
  return [...found].map(([id, terms]) => ({ id, terms }));
}

/** What one string names: the longest match wins, of two equally long ones the first. Spans never overlap. */
export function matchTerms(written: string): Match[] {
  const { text, from, to } = foldWithOffsets(written);
  const taken = new Uint8Array(text.length);
  const chosen: { id: string; start: number; end: number }[] = [];
  for (const match of allMatches(text).toSorted(
    (a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start,
  )) {
    if (taken.subarray(match.start, match.end).includes(1)) continue;
    taken.fill(1, match.start, match.end);
    chosen.push(match);
  }
  return chosen
    .toSorted((a, b) => a.start - b.start)
    .map(({ id, start, end }) => ({ id, from: from[start] ?? 0, to: to[end - 1] ?? 0 }));
}

function allMatches(text: string): { id: string; start: number; end: number }[] {
  const matches = [];
  for (let start = 0; start < text.length; start++) {
    if (splitsWord(text, start)) continue;
    for (let end = start + 1; end <= Math.min(start + longestTerm, text.length); end++) {
      const id = idsByTerm.get(text.slice(start, end));
      if (id !== undefined && !splitsWord(text, end)) matches.push({ id, start, end });
    }
  }
  return matches;
}

/** Whether a Latin word or a number goes on over this place. Chinese has no such borders. */
function splitsWord(text: string, place: number): boolean {
  return wordCharacter.test(text[place - 1] ?? '') && wordCharacter.test(text[place] ?? '');
}

/** Every label and synonym, and its plural unless that is a word of its own. */
function indexOf(all: readonly Concept[]): ReadonlyMap<string, string> {
  const terms = all.flatMap(({ id, zh, en, synonyms }) =>
    [zh, en, ...synonyms].map((term) => [foldWithOffsets(term).text, id] as const),
  );
  const plurals = terms.map(([term, id]) => [pluralOf(term), id] as const);
  return new Map([...plurals, ...terms]);
}

function pluralOf(term: string): string {
  if (!/[a-z]$/.test(term)) return term;
  if (/[^aeiou]y$/.test(term)) return `${term.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(term) ? `${term}es` : `${term}s`;
}
