import { getPriority, setPriority } from 'node:os';

/**
 * Lets a process run after others while its machine has too much to do. Never raises the priority that it was started
 * with, which only a privileged user may.
 * @param niceness 1 (hardly) to 19 (most), as of nice(2)
 */
export function lowerPriority(niceness: number): void {
  if (niceness > getPriority()) setPriority(niceness);
}
