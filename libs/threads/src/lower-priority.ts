import { readlinkSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

/**
 * Lets a process run after others while its machine has too much to do. Never raises the priority that it was started
 * with, which only a privileged user may.
 * @param niceness 1 (hardly) to 19 (most), as of nice(2)
 */
export function lowerPriority(niceness: number): void {
  if (niceness > getPriority()) setPriority(niceness);
}

/**
 * The same for the thread that calls it alone, where the system gives threads a priority of their own, as Linux does.
 * @param niceness 1 (hardly) to 19 (most), as of nice(2)
 */
export function lowerThreadPriority(niceness: number): void {
  const id = linuxThreadId();
  if (id !== null && niceness > getPriority(id)) setPriority(id, niceness);
}

/** As of gettid(2), which Node does not tell; `proc(5)` does. */
function linuxThreadId(): number | null {
  try {
    return Number(readlinkSync('/proc/thread-self').split('/').at(-1));
  } catch {
    return null;
  }
}
