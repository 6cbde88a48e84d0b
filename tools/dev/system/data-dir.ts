import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { identityOf, isAlive } from './process-table.js';
import { StartFailure } from './start-failure.js';

/** Makes the folder if need be; what is wrong with it as a sentence, or null. */
export function dataDirProblem(dataDir: string): string | null {
  const advice = 'Set it to a folder that can be written, or unset it for .data.';
  try {
    makeFolder(dataDir);
    if (!statSync(dataDir).isDirectory()) return `DATA_DIR (${dataDir}) is not a folder. ${advice}`;
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return `DATA_DIR (${dataDir}) can't be used: ${error instanceof Error ? error.message : String(error)}. ${advice}`;
  }
}

/** As root the folder can be entered by others, since PostgreSQL runs as one of them; all files in it stay closed. */
function makeFolder(dataDir: string): void {
  if (existsSync(dataDir)) return;
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  chmodSync(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700);
}

/**
 * Makes this process the only one that runs a system on the folder, and returns how to give that up.
 * A holder that is gone, or whose process id has passed to another program, counts as gone.
 */
export function claimDataDir(dataDir: string): () => void {
  const file = join(dataDir, 'supervisor.pid');
  const holder = runningOn(dataDir);
  if (holder !== null && holder !== process.pid) {
    throw new StartFailure(
      `Process ${holder} already runs Waystop on ${dataDir}.`,
      'Stop it first, or set DATA_DIR (and PORT) to run a second one beside it.',
    );
  }
  writeFileSync(file, `${process.pid} ${identityOf(process.pid)}\n`);
  return () => rmSync(file, { force: true });
}

/** The process that runs a system on the folder, or null. */
export function runningOn(dataDir: string): number | null {
  const holder = readHolder(join(dataDir, 'supervisor.pid'));
  if (holder === null || !isAlive(holder.pid) || identityOf(holder.pid) !== holder.identity) return null;
  return holder.pid;
}

function readHolder(file: string): { pid: number; identity: string } | null {
  if (!existsSync(file)) return null;
  const [pid, ...identity] = readFileSync(file, 'utf8').trim().split(' ');
  return Number(pid) > 0 ? { pid: Number(pid), identity: identity.join(' ') } : null;
}
