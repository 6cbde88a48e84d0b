import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { EntryFiles } from '../assets/assets.service.js';
import { htmlLang, pathIn, type Lang } from '../../shared/language.js';
import { words as allWords } from '../../shared/words/words.js';

interface ScriptDocument {
  readonly lang: Lang;
  readonly title: string;
  readonly files: EntryFiles;
  /** What only this document has in its head. */
  readonly head: ReactNode;
  /** Where the script begins. */
  readonly root: { readonly id: string; readonly 'data-decoder'?: string };
  /** Of what is seen until then. */
  readonly className: string;
}

/** A document whose content a script makes in the browser. */
export function renderScriptDocument({ lang, title, files, head, root, className }: ScriptDocument): string {
  const words = allWords[lang];
  const html = renderToStaticMarkup(
    <html lang={htmlLang[lang]}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <meta name="robots" content="noindex" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="theme-color" content="#0a3d62" />
        {head}
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        {files.styles.map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
        {files.preloads.map((href) => (
          <link key={href} rel="modulepreload" href={href} />
        ))}
        {files.script === null ? null : <script type="module" src={files.script} />}
      </head>
      <body>
        <div {...root}>
          <p className={className} role="status">
            {words.app.loading}
          </p>
        </div>
        <noscript>
          <p className={className}>
            {words.app.needsScript} <a href={pathIn(lang, '/')}>{words.notFound.home}</a>
          </p>
        </noscript>
      </body>
    </html>,
  );
  return `<!doctype html>${html}`;
}
