import { appendFileSync, closeSync, mkdirSync, openSync, readSync, statSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';

const LARGEST_LOG_BYTES = 10 * 1024 * 1024;
const SHOWN_BYTES = 4_000;
const SHOWN_LINES = 15;

/** Opens the log of one process for appending; one that has grown too large starts over. */
export function openLog(file: string): string {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (logSize(file) > LARGEST_LOG_BYTES) truncateSync(file);
  return file;
}

export function logSize(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** The last lines of what was written since the log had that size. */
export function logLinesSince(file: string, sizeBefore: number): string {
  const size = logSize(file);
  const from = Math.max(Math.min(sizeBefore, size), size - SHOWN_BYTES);
  if (from >= size) return '';
  const buffer = Buffer.alloc(size - from);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, buffer, 0, buffer.length, from);
  } finally {
    closeSync(descriptor);
  }
  return buffer.toString().trimEnd().split('\n').slice(-SHOWN_LINES).join('\n');
}

export function appendLine(file: string, line: string): void {
  appendFileSync(file, `${line}\n`);
}
