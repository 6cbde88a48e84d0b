import type { Localized } from '../../../shared/language.js';

/** What was typed in two languages; undefined where there is nothing in either. */
export function localized(zh: string, en: string): Localized | undefined {
  const text = (one: string) => (one.trim() === '' ? undefined : one.trim());
  const both = { zh: text(zh), en: text(en) };
  return both.zh === undefined && both.en === undefined ? undefined : both;
}
