import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../../tools/dev/system/project-root.js';

/** `npm start` as a user runs it: in a process group of its own, as a terminal gives it one. */
export class NpmStart {
  private readonly child: ChildProcess;
  output = '';

  constructor(readonly env: Readonly<Record<string, string>>) {
    // The tests' own environment stays out: a key or an address set there would be taken for a setting.
    const { PATH, HOME, JEST_WORKER_ID } = process.env;
    const options = { cwd: projectRoot, env: { PATH, HOME, JEST_WORKER_ID, ...env }, detached: true };
    this.child = spawn('npm', ['start'], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Waits until the text was printed; fails with all that was printed when the process ends or time runs out. */
  async printed(text: string | RegExp, withinMs = 120_000): Promise<void> {
    const found = () => (typeof text === 'string' ? this.output.includes(text) : text.test(this.output));
    await eventually(`npm start to print ${text}`, found, withinMs, () => this.output);
  }

  /** Ctrl-C: the terminal sends the signal to the whole group. */
  interrupt(): void {
    process.kill(-(this.child.pid ?? 0), 'SIGINT');
  }

  /** Ends npm alone, as `kill` does. */
  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async ended(): Promise<number | null> {
    if (!this.hasEnded) await once(this.child, 'close');
    return this.child.exitCode;
  }
}

/** Asks every 50 ms until the answer is yes. */
export async function eventually(
  what: string,
  check: () => boolean | Promise<boolean>,
  withinMs = 60_000,
  context: () => string = () => '',
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`Waited ${withinMs} ms for ${what}.\n${context()}`);
    await sleep(50);
  }
}
