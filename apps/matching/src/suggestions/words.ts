import { foldText } from '#contracts';

/** Stop words: they occur in most texts and discriminate nothing. */
const stopWords = new Set(
  'a an and are as at be by for from has have in is it its of on or our that the their this to we with you your'.split(
    ' ',
  ),
);
const piece = /\p{Script=Han}+|[\p{Script=Latin}\p{N}]+/gu;

/** How often a word stands in a text, and how it is written there at first. */
export interface CountedWord {
  readonly written: string;
  readonly count: number;
}

/** The words of a text, by their stems: English without endings, Chinese in pairs of characters. */
export function countWords(text: string): ReadonlyMap<string, CountedWord> {
  const counts = new Map<string, CountedWord>();
  for (const [found] of foldText(text).matchAll(piece)) {
    for (const { stem, written } of /\p{Script=Han}/u.test(found) ? bigramsOf(found) : englishWord(found)) {
      const before = counts.get(stem);
      counts.set(stem, { written: before?.written ?? written, count: (before?.count ?? 0) + 1 });
    }
  }
  return counts;
}

function bigramsOf(run: string): { stem: string; written: string }[] {
  const characters = [...run];
  const pairs = characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
  return (pairs.length === 0 ? characters : pairs).map((pair) => ({ stem: pair, written: pair }));
}

function englishWord(word: string): { stem: string; written: string }[] {
  return stopWords.has(word) ? [] : [{ stem: stemOf(word), written: word }];
}

/** Cuts usual endings, so that "labels" and "labelled" meet; what is left need not be a word. */
function stemOf(word: string): string {
  const cut = word.replace(/(?:ies|ing|ed|es|s)$/, '');
  return cut.length < 3 ? word : cut.replace(/([b-df-hj-np-tv-z])\1$/, '$1').replace(/[ey]$/, '');
}
