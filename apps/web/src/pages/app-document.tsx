import { renderToStaticMarkup } from 'react-dom/server';
import type { Assets } from '../assets/assets.service.js';
import { htmlLang, pathIn, type Lang } from '../../shared/language.js';
import { words as allWords } from '../../shared/words/words.js';

/** The one document of the application behind sign-in; all else it makes in the browser. */
export function renderApp(lang: Lang, nonce: string, assets: Assets): string {
  const words = allWords[lang];
  const { script, styles, preloads } = assets.entry('app/main.tsx');
  const html = renderToStaticMarkup(
    <html lang={htmlLang[lang]}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{words.app.title}</title>
        <meta name="robots" content="noindex" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="theme-color" content="#0a3d62" />
        <meta property="csp-nonce" nonce={nonce} content={nonce} />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        {styles.map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
        {preloads.map((href) => (
          <link key={href} rel="modulepreload" href={href} />
        ))}
        {script === null ? null : <script type="module" src={script} />}
      </head>
      <body>
        <div id="app">
          <p className="app-loading" role="status">
            {words.app.loading}
          </p>
        </div>
        <noscript>
          <p className="app-loading">
            {words.app.needsScript} <a href={pathIn(lang, '/')}>{words.notFound.home}</a>
          </p>
        </noscript>
      </body>
    </html>,
  );
  return `<!doctype html>${html}`;
}
