import type { Localized } from './values.js';

/** The text in the language asked for, in the other where that one is missing. */
export function inLanguage(text: Localized, lang: 'zh' | 'en'): string {
  const [first, second] = lang === 'zh' ? [text.zh, text.en] : [text.en, text.zh];
  return first ?? second ?? '';
}
