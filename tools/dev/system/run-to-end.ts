import { spawn, type SpawnOptions } from 'node:child_process';

/** How much of a command's output is kept, from its end, in characters. */
const KEPT_OUTPUT = 20_000;

/**
 * Runs a command to its end and returns its output (both streams, the last part of it).
 * Rejects when it can't be started, ends with another code than 0, or is aborted.
 */
export function runToEnd(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-KEPT_OUTPUT);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('error', reject);
    child.once('close', (code, killedBy) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${command} ended with ${code ?? killedBy}:\n${output.trim()}`));
    });
  });
}
