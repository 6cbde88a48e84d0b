import { foldText } from '#contracts';

/** A text in the form in which words are compared, with the way back to what was written. */
export interface FoldedText {
  readonly text: string;
  /** For each UTF-16 unit of `text`: where the character it came from begins and ends in the original. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** A base character with its marks: the unit that NFKC changes as a whole. */
const cluster = /\P{M}\p{M}*|\p{M}+/gu;
const gap = /^[\s\p{Pd}_]+$/u;

/**
 * Folds width, case and compatibility forms (NFKC_Casefold). Blanks, hyphens and underscores in a row count as one
 * blank, so that "text-to-speech" and "text to speech" are one word.
 */
export function foldWithOffsets(original: string): FoldedText {
  const folded: { text: string; from: number; to: number }[] = [];
  for (const { 0: written, index } of original.matchAll(cluster)) {
    const to = index + written.length;
    const last = folded.at(-1);
    if (!gap.test(written)) folded.push({ text: foldText(written), from: index, to });
    else if (last?.text === ' ') last.to = to;
    else folded.push({ text: ' ', from: index, to });
  }
  return {
    text: folded.map(({ text }) => text).join(''),
    from: folded.flatMap(({ text, from }) => Array<number>(text.length).fill(from)),
    to: folded.flatMap(({ text, to }) => Array<number>(text.length).fill(to)),
  };
}
