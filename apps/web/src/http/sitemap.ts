import { htmlLang, languages, pathIn } from '../../shared/language.js';

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

/** Every path in each language, with its siblings in the others (sitemaps.org, hreflang). */
export function sitemap(publicUrl: string, paths: readonly string[]): string {
  const url = (path: string) => escaped(`${publicUrl}${path}`);
  const alternates = (path: string) =>
    languages
      .map(
        (lang) =>
          `<xhtml:link rel="alternate" hreflang="${htmlLang[lang]}" href="${url(pathIn(lang, path))}"/>`,
      )
      .join('');
  const entries = paths.flatMap((path) =>
    languages.map((lang) => `<url><loc>${url(pathIn(lang, path))}</loc>${alternates(path)}</url>`),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ...entries,
    '</urlset>',
    '',
  ].join('\n');
}
