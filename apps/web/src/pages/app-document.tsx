import type { Assets } from '../assets/assets.service.js';
import type { Lang } from '../../shared/language.js';
import { words } from '../../shared/words/words.js';
import { renderScriptDocument } from './script-document.js';

/** The one document of the application behind sign-in; all else it makes in the browser. */
export function renderApp(lang: Lang, nonce: string, assets: Assets): string {
  return renderScriptDocument({
    lang,
    title: words[lang].app.title,
    files: assets.entry('app/main.tsx'),
    head: <meta property="csp-nonce" nonce={nonce} content={nonce} />,
    root: { id: 'app' },
    className: 'app-loading',
  });
}
