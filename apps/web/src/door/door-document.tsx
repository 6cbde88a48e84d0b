import { renderToStaticMarkup } from 'react-dom/server';
import type { EntryFiles } from '../assets/assets.service.js';
import { htmlLang, pathIn, type Lang } from '../../shared/language.js';
import { words as allWords } from '../../shared/words/words.js';

/** The document of the door: the same for everybody, so that a phone can keep it. */
export function renderDoor(lang: Lang, files: EntryFiles, decoder: string | null): string {
  const words = allWords[lang];
  const html = renderToStaticMarkup(
    <html lang={htmlLang[lang]}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{words.door.title}</title>
        <meta name="robots" content="noindex" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="theme-color" content="#0a3d62" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="manifest" href={lang === 'zh' ? '/door.webmanifest' : '/door-en.webmanifest'} />
        {files.styles.map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
        {files.preloads.map((href) => (
          <link key={href} rel="modulepreload" href={href} />
        ))}
        {files.script === null ? null : <script type="module" src={files.script} />}
      </head>
      <body>
        <div id="door" data-decoder={decoder ?? ''}>
          <p className="door-starting" role="status">
            {words.app.loading}
          </p>
        </div>
        <noscript>
          <p className="door-starting">
            {words.app.needsScript} <a href={pathIn(lang, '/')}>{words.notFound.home}</a>
          </p>
        </noscript>
      </body>
    </html>,
  );
  return `<!doctype html>${html}`;
}
