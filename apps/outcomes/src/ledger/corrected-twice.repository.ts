import { violatedConstraint } from '#persistence';

/** Whether a database error says that the entry was corrected before. */
export function isCorrectedTwice(error: unknown): boolean {
  return violatedConstraint(error)?.endsWith('_corrected_once') === true;
}
