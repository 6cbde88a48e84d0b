import type { Lang } from '../../../shared/language.js';
import { splitPath } from '../../../shared/language.js';
import type { Words } from './zh.js';

export type { Words };

/** The language of this visit: the address says it. */
export const lang: Lang = splitPath(location.pathname).lang;

/** Only the words of one language are loaded. */
export const words: Words = lang === 'zh' ? (await import('./zh.js')).zh : (await import('./en.js')).en;
