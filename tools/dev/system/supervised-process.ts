import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { deathsAfter, restartPauseMs } from './backoff.js';
import { appendLine, logLinesSince, logSize } from './log-file.js';
import { signal } from './process-table.js';

/** How long a process is given after the last, hardest signal before it is given up, in milliseconds. */
const AFTER_KILL_MS = 1_000;

export interface ProcessPlan {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Another user to run as; only root may ask for one. */
  readonly account?: { uid: number; gid: number } | null;
  /** Opens a channel to the process, so that it notices when this one is gone, however it went. */
  readonly channel: boolean;
  readonly logFile: string;
  /** The signals that ask the process to end, from the kindest on. The last one is for its whole group. */
  readonly stopSignals: readonly NodeJS.Signals[];
}

export interface Death {
  readonly name: string;
  readonly how: string;
  readonly deathsInARow: number;
  readonly pauseMs: number;
  readonly lastLines: string;
}

/** One process that is started again whenever it dies, until it is stopped. */
export class SupervisedProcess {
  private child: ChildProcess | null = null;
  private wanted = false;
  private deaths = 0;
  private restart: NodeJS.Timeout | undefined;

  constructor(
    readonly plan: ProcessPlan,
    private readonly onDeath: (death: Death) => void,
  ) {}

  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  start(): void {
    if (this.child !== null) return;
    this.wanted = true;
    const { plan } = this;
    const began = { at: Date.now(), logSize: logSize(plan.logFile) };
    const child = this.spawn();
    this.child = child;
    child.once('error', (error) => {
      appendLine(plan.logFile, error.message);
      if (child.pid === undefined) this.ended(child, error.message, began);
    });
    child.once('exit', (code, killedBy) => this.ended(child, `ended with ${code ?? killedBy}`, began));
  }

  /** A group of its own keeps Ctrl-C away from the process: the order in which things end is decided here. */
  private spawn(): ChildProcess {
    const { command, args, cwd, env, account, channel, logFile } = this.plan;
    const log = openSync(logFile, 'a');
    try {
      const stdio = channel ? (['ignore', log, log, 'ipc'] as const) : (['ignore', log, log] as const);
      return spawn(command, args, { cwd, env, stdio: [...stdio], detached: true, ...account });
    } finally {
      closeSync(log);
    }
  }

  private ended(child: ChildProcess, how: string, began: { at: number; logSize: number }): void {
    if (this.child !== child) return;
    this.child = null;
    if (!this.wanted) return;
    this.deaths = deathsAfter(this.deaths, Date.now() - began.at);
    const pauseMs = restartPauseMs(this.deaths);
    this.restart = setTimeout(() => this.start(), pauseMs);
    const lastLines = logLinesSince(this.plan.logFile, began.logSize);
    this.onDeath({ name: this.plan.name, how, deathsInARow: this.deaths, pauseMs, lastLines });
  }

  /** Ends the process and keeps it ended: each signal in turn, the next one when its share of the budget is over. */
  async stop(budgetMs: number, signals = this.plan.stopSignals): Promise<void> {
    this.wanted = false;
    clearTimeout(this.restart);
    const child = this.child;
    if (child?.pid === undefined) return;
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    for (const [index, name] of signals.entries()) {
      const isLast = index === signals.length - 1;
      signal(isLast ? -child.pid : child.pid, name);
      const shareMs = isLast ? AFTER_KILL_MS : index === 0 ? budgetMs : AFTER_KILL_MS;
      if (await settlesWithin(exited, shareMs)) return;
    }
  }

  kill(name: NodeJS.Signals): void {
    if (this.child?.pid !== undefined) signal(this.child.pid, name);
  }
}

async function settlesWithin(promise: Promise<void>, budgetMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), budgetMs);
  });
  const settled = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return settled;
}
