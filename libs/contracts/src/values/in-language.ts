import type { Localized } from './values.js';

/** The text in the requested language, or in the other one if it is missing. */
export function inLanguage(text: Localized, lang: 'zh' | 'en'): string {
  const [first, second] = lang === 'zh' ? [text.zh, text.en] : [text.en, text.zh];
  return first ?? second ?? '';
}
