import { foldText, type Localized } from '#contracts';

/**
 * Companies are found by a substring of what is shown of them, in the form that `foldText` gives. An index of words would
 * not do, since Chinese has no blanks between them, and PostgreSQL's trigrams see no Chinese under the C locale. So each
 * row carries its n-grams: all pairs of characters that stand side by side, and each character beyond ASCII alone, since
 * one Chinese character is a word that people search for. A GIN index finds the rows that have all pairs of a query, and
 * the text itself decides, since the pairs may also stand apart from each other.
 */
export function searchTextOf({ name, uscc }: { name: Localized; uscc: string }): string {
  return [name.zh, name.en, uscc].flatMap((text) => (text === undefined ? [] : [foldText(text)])).join('\n');
}

/** The n-grams of a search text, each once. No pair reaches over the end of a line. */
export function ngramsOf(searchText: string): number[] {
  const ngrams = new Set<number>();
  for (const line of searchText.split('\n')) {
    const characters = codePointsOf(line);
    for (const [index, character] of characters.entries()) {
      const next = characters[index + 1];
      if (character > maxAscii) ngrams.add(ngramOf(0, character));
      if (next !== undefined) ngrams.add(ngramOf(character, next));
    }
  }
  return [...ngrams];
}

/** The n-grams that a row must have to be found; none where a query is one ASCII character, which most rows have. */
export function ngramsOfQuery(folded: string): number[] {
  const [first, second] = codePointsOf(folded);
  if (first === undefined || (second === undefined && first <= maxAscii)) return [];
  if (second === undefined) return [ngramOf(0, first)];
  return ngramsOf(folded).filter((ngram) => ngram >>> 16 !== 0);
}

const maxAscii = 0x7f;

/** Two characters as one 32-bit integer. Those beyond the BMP lose their upper bits, which only costs a comparison. */
function ngramOf(first: number, second: number): number {
  return (first << 16) | (second & 0xffff);
}

function codePointsOf(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}
