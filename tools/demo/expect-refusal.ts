import type { ProblemCode } from '#contracts';
import type { Paper } from './console-report.js';
import { DemoFailure, type Answer } from './public-api.js';

/** A refusal that does not come is the worst that a demo can find, so it ends there. */
export function expectRefusal(
  answer: Answer<unknown>,
  who: string,
  tried: string,
  code: ProblemCode,
  paper: Paper,
): void {
  if (answer.refused === null)
    throw new DemoFailure(`${who} ${tried}: expected ${code}, but it was accepted.`);
  paper.refused({ who, tried, refused: answer.refused });
}
