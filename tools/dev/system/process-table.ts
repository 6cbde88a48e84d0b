import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** True while the process exists, also when it belongs to somebody else. A zombie counts as ended. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return !/^State:\s+[ZX]/m.test(procFile(pid, 'status'));
}

/** The command line of a process, or an empty string when there is none or it may not be read. */
export function commandOf(pid: number): string {
  if (existsSync('/proc/self')) return procFile(pid, 'cmdline').replaceAll('\0', ' ').trim();
  return ps(pid, 'command=');
}

/** The parent of a process; 0 when there is none. */
export function parentOf(pid: number): number {
  if (!existsSync('/proc/self')) return Number(ps(pid, 'ppid='));
  return Number(/^PPid:\s+(\d+)/m.exec(procFile(pid, 'status'))?.[1] ?? 0);
}

/** Tells a process from a later one with the same id, by its time of start; empty when there is none. */
export function identityOf(pid: number): string {
  if (!existsSync('/proc/self')) return ps(pid, 'lstart=');
  // Field 22 of the whole line; the name in parentheses may hold spaces, so counting starts behind it.
  const stat = procFile(pid, 'stat');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

/** Waits until the process is gone; false when it is still there after the budget. */
export async function endsWithin(pid: number, budgetMs: number): Promise<boolean> {
  const deadline = Date.now() + budgetMs;
  while (isAlive(pid)) {
    if (Date.now() >= deadline) return false;
    await sleep(20);
  }
  return true;
}

/** Sends a signal; a process that has ended already is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function procFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

function ps(pid: number, column: string): string {
  return spawnSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
}
