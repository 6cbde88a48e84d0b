/** The two languages of the pages. Chinese stands at the top of the site, English below `/en`. */
export const languages = ['zh', 'en'] as const;
export type Lang = (typeof languages)[number];

/** A text as answers of the API carry it. */
export interface Localized {
  readonly zh?: string | undefined;
  readonly en?: string | undefined;
}

/** The value of `lang` attributes: without the region, Han characters may take another region's shapes. */
export const htmlLang: Readonly<Record<Lang, string>> = { zh: 'zh-CN', en: 'en' };

export const otherLanguage = (lang: Lang): Lang => (lang === 'zh' ? 'en' : 'zh');

/** The text in this language where there is one, else in the other, and which of the two it is. */
export function localize(text: Localized, lang: Lang): { text: string; lang: Lang } {
  const own = text[lang];
  if (own !== undefined) return { text: own, lang };
  const other = otherLanguage(lang);
  return { text: text[other] ?? '', lang: other };
}

export const inLang = (text: Localized, lang: Lang): string => localize(text, lang).text;

/** Where a path of the site stands in this language. */
export function pathIn(lang: Lang, path: string): string {
  if (lang === 'zh') return path;
  return path === '/' ? '/en' : `/en${path}`;
}

/** The language that a path names, and the rest of it. */
export function splitPath(path: string): { lang: Lang; path: string } {
  const rest = /^\/en(?=\/|$)/.exec(path);
  return rest === null ? { lang: 'zh', path } : { lang: 'en', path: path.slice(3) || '/' };
}
