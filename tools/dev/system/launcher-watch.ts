import { commandOf, isAlive, parentOf } from './process-table.js';

const LOOK_EVERY_MS = 500;

/** npm, a shell, and a process on an older Node may stand between. */
const MOST_ANCESTORS = 4;

/**
 * Calls back once when the npm that runs this command is gone. npm passes a signal no further than to its shell, and one
 * that can't be caught not even there, so this process has to notice by itself. Without an npm above it, nobody is missed.
 */
export function watchLauncher(onGone: () => void): void {
  const launchers = launchersOf(process.pid);
  if (launchers.length === 0) return;
  const timer = setInterval(() => {
    if (launchers.every(isAlive)) return;
    clearInterval(timer);
    onGone();
  }, LOOK_EVERY_MS);
  timer.unref();
}

/** The processes from the parent up to npm; none where npm is not among them. */
function launchersOf(pid: number): number[] {
  const ancestors: number[] = [];
  for (let parent = parentOf(pid); parent > 1; parent = parentOf(parent)) {
    ancestors.push(parent);
    if (/(^|\/)npm(-cli\.c?js)?\s/.test(commandOf(parent))) return ancestors;
    if (ancestors.length === MOST_ANCESTORS) break;
  }
  return [];
}
