import type { EntryFiles } from '../assets/assets.service.js';
import { renderScriptDocument } from '../pages/script-document.js';
import type { Lang } from '../../shared/language.js';
import { words } from '../../shared/words/words.js';

/** The document of the door: the same for everybody, so that a phone can keep it. */
export function renderDoor(lang: Lang, files: EntryFiles, decoder: string | null): string {
  return renderScriptDocument({
    lang,
    title: words[lang].door.title,
    files,
    head: <link rel="manifest" href={lang === 'zh' ? '/door.webmanifest' : '/door-en.webmanifest'} />,
    root: { id: 'door', 'data-decoder': decoder ?? '' },
    className: 'door-starting',
  });
}
