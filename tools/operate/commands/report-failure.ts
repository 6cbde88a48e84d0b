import { StartFailure } from '../../dev/system/start-failure.js';
import { CannotRun } from './command-error.js';

/** Says why a command did not do its work; what nobody foresaw comes with its stack. @returns the exit code */
export function reportFailure(error: unknown): number {
  const foreseen = error instanceof CannotRun || error instanceof StartFailure;
  const { message = String(error), stack = message } = error instanceof Error ? error : {};
  process.stderr.write(`${foreseen ? message : stack}\n`);
  return 1;
}
