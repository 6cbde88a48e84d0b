import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { commandOf } from '../../dev/system/process-table.js';

export interface Holder {
  readonly pid: number;
  readonly command: string;
}

/** Who listens on a port: found where the system shows it (Linux) and lets this user see it, else undefined. */
export function holderOf(port: number): Holder | undefined {
  const sockets = new Set(['tcp', 'tcp6'].flatMap((table) => listeners(table, port)));
  if (sockets.size === 0) return undefined;
  const pid = processIds().find((one) => descriptorsOf(one).some((link) => sockets.has(link)));
  return pid === undefined ? undefined : { pid, command: commandOf(pid) };
}

/** The sockets that listen on the port, as links to them read: `socket:[12345]`. proc(5) says what the columns are. */
function listeners(table: string, port: number): string[] {
  const ending = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return read(`/proc/net/${table}`)
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(ending) === true && state === '0A')
    .map((columns) => `socket:[${columns[9]}]`);
}

function processIds(): number[] {
  return list('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid > 0);
}

function descriptorsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return list(folder).flatMap((name) => {
    try {
      return [readlinkSync(`${folder}/${name}`)];
    } catch {
      return [];
    }
  });
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
