import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const WAIT_STEP_MS = 100;
const LONGEST_WAIT_MS = 600_000;

/**
 * Runs the work while holding a lock file with this process's id in it, so that two first starts in one clone
 * install and build one after the other. A lock whose process is gone is taken over.
 */
export function withLock(file, work) {
  mkdirSync(dirname(file), { recursive: true });
  const deadline = Date.now() + LONGEST_WAIT_MS;
  while (!tryLock(file)) {
    if (Date.now() > deadline)
      throw new Error(`${file} is held for too long; delete it if nothing is building.`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_STEP_MS);
  }
  const release = () => rmSync(file, { force: true });
  // A step that fails ends the process at once, and must not leave the lock behind.
  process.once('exit', release);
  try {
    return work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function tryLock(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isAbandoned(file)) rmSync(file, { force: true });
    return false;
  }
}

function isAbandoned(file) {
  try {
    const holder = Number(readFileSync(file, 'utf8'));
    // An empty file is one that its maker has opened and not yet written.
    if (!Number.isInteger(holder) || holder <= 0) return false;
    process.kill(holder, 0);
    return holder === process.pid;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
