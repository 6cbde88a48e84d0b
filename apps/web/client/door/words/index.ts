import { splitPath, type Lang } from '../../../shared/language.js';
import type { DoorWords } from './zh.js';

/** The language of this visit: the address says it. */
export const lang: Lang = splitPath(location.pathname).lang;

export const words: DoorWords = lang === 'zh' ? (await import('./zh.js')).zh : (await import('./en.js')).en;
