import { momentOf } from '../../../shared/time.js';
import { lang } from '../words/index.js';

/** The reader's own zone, for what belongs to no stop. */
export const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A moment on the reader's own clock. */
export const ownMoment = (instant: string): string => momentOf(instant, ownZone, lang);
