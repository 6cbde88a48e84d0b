import type { ProblemCode } from '#contracts';
import type { ConsoleReport } from './console-report.js';
import { DemoFailure, type Answer } from './public-api.js';

/** A refusal that does not come is the worst that a demo can find, so it ends there. */
export function expectRefusal(
  answer: Answer<unknown>,
  who: string,
  tried: string,
  code: ProblemCode,
  report: ConsoleReport,
): void {
  if (answer.refused === null)
    throw new DemoFailure(`${who} ${tried}: expected ${code}, but it was accepted.`);
  report.refused({ who, tried, refused: answer.refused });
}
