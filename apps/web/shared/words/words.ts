import type { Lang } from '../language.js';
import { en } from './en.js';
import { zh, type Words } from './zh.js';

export type { Words };

/** The words of pages in each language. */
export const words: Readonly<Record<Lang, Words>> = { zh, en };
