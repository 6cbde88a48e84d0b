import { closeSync, openSync, readSync } from 'node:fs';
import { logSize } from './log-file.js';

const LOOK_EVERY_MS = 200;

/** Hands on what is written to a file from now on, for as long as this process lives. */
export function followFile(file: string, onText: (text: string) => void): void {
  let seen = logSize(file);
  const look = (): void => {
    const size = logSize(file);
    if (size > seen) onText(textBetween(file, seen, size));
    seen = size;
  };
  setInterval(look, LOOK_EVERY_MS).unref();
}

function textBetween(file: string, from: number, to: number): string {
  const buffer = Buffer.alloc(to - from);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, buffer, 0, buffer.length, from);
  } finally {
    closeSync(descriptor);
  }
  return buffer.toString();
}
