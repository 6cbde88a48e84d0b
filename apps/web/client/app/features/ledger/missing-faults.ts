import type { Faults } from '../../form/use-form.js';
import { words } from '../../words/index.js';
import { missingIn } from './drafts.js';

/** The faults of what has to be filled in. */
export const missingFaults = (body: Readonly<Record<string, unknown>>): Faults =>
  new Map(missingIn(body).map((pointer) => [pointer, words.faults.missing]));
