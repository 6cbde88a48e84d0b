import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** What /proc/<pid>/stat counts in, milliseconds; Linux shows user space 100 ticks a second everywhere. */
const tickMs = 10;

/** CPU time that a process and the children it has or had used so far, in milliseconds. 0 where there is no /proc. */
export function cpuMsOf(pid: number): number {
  const own = statOf(pid);
  if (own === null) return 0;
  const children = childrenOf(pid).flatMap((child) => statOf(child) ?? []);
  const ticks = children.reduce((sum, { user, system }) => sum + user + system, own.user + own.system);
  return (ticks + own.endedChildren) * tickMs;
}

/** The same of many processes, each counted once. */
export function cpuMsOfAll(pids: readonly number[]): number {
  const ticks = pids.flatMap((pid) => {
    const stat = statOf(pid);
    return stat === null ? [] : [stat.user + stat.system + stat.endedChildren];
  });
  return ticks.reduce((sum, one) => sum + one, 0) * tickMs;
}

/** CPU time of a PostgreSQL server's living processes by their database, in milliseconds; `server` is all the others. */
export function cpuMsOfDatabases(server: number): Map<string, number> {
  const sums = new Map<string, number>();
  for (const pid of [server, ...childrenOf(server)]) {
    // A session's title: `postgres: <user> <database> <address> <what it does>`.
    const database = /^postgres: \S+ (\w+) [\d.:[\]]/.exec(textOf(`/proc/${pid}/cmdline`))?.[1] ?? 'server';
    const stat = statOf(pid);
    if (stat !== null) sums.set(database, (sums.get(database) ?? 0) + (stat.user + stat.system) * tickMs);
  }
  return sums;
}

/** A process and all that descend from it. */
export function withDescendants(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(withDescendants)];
}

/**
 * Memory of a process in MB: what is resident, and for one with children (PostgreSQL) the sum of their shares,
 * since each of them shows the shared buffers as its own.
 */
export function memoryMbOf(pid: number): number {
  const children = childrenOf(pid);
  if (children.length === 0) return kilobytes(`/proc/${pid}/status`, 'VmRSS') / 1_024;
  const shares = [pid, ...children].map((one) => kilobytes(`/proc/${one}/smaps_rollup`, 'Pss'));
  return shares.reduce((sum, share) => sum + share, 0) / 1_024;
}

/** Sockets that a process has open. */
export function socketsOf(pid: number): number {
  return namesIn(`/proc/${pid}/fd`).filter((fd) => linkOf(`/proc/${pid}/fd/${fd}`).startsWith('socket:'))
    .length;
}

/** The most memory that a process ever had, in MB. */
export function peakMemoryMbOf(pid: number): number {
  return kilobytes(`/proc/${pid}/status`, 'VmHWM') / 1_024;
}

interface Stat {
  readonly parent: number;
  readonly user: number;
  readonly system: number;
  readonly endedChildren: number;
}

/** Fields by proc_pid_stat(5), counted after the name, which may hold spaces. */
function statOf(pid: number): Stat | null {
  const text = textOf(`/proc/${pid}/stat`);
  if (text === '') return null;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const field = (number: number): number => Number(fields[number - 3] ?? 0);
  return { parent: field(4), user: field(14), system: field(15), endedChildren: field(16) + field(17) };
}

function childrenOf(parent: number): number[] {
  return numbersIn('/proc').filter((pid) => statOf(pid)?.parent === parent);
}

function numbersIn(folder: string): number[] {
  return namesIn(folder).map(Number).filter(Number.isInteger);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function linkOf(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}

function kilobytes(file: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(textOf(file))?.[1] ?? 0);
}

/** A process may end between two looks at it. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
