import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../tools/dev/system/project-root.js';

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a command of package.json as npm does, and waits for its end. */
export function command(name: string, args: readonly string[], env: Record<string, string>): Promise<Ended> {
  return ended(join(projectRoot, 'tools', 'run.js'), [name, ...args], env);
}

/** Runs a script with this environment and no other, and waits for its end. */
export function ended(script: string, args: readonly string[], env: Record<string, string>): Promise<Ended> {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [script, ...args], {
    cwd: projectRoot,
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
