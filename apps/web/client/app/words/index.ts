import type { Lang } from '../../../shared/language.js';
import { splitPath } from '../../../shared/language.js';
import type { Words } from './zh.js';

export type { Words };

/** The language of this visit: the address says it. */
export const lang: Lang = splitPath(location.pathname).lang;

/** Only the words of one language are loaded. */
export const words: Words = lang === 'zh' ? (await import('./zh.js')).zh : (await import('./en.js')).en;

/**
 * The words of one feature, which stand in its folder and are loaded with its screens. The Chinese ones are the type, so
 * that a word that is missing in English does not compile.
 */
export function wordsOf<FeatureWords>(both: {
  readonly zh: FeatureWords;
  readonly en: NoInfer<FeatureWords>;
}): FeatureWords {
  return both[lang];
}

/** `1 seat`, `2 seats` */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
