import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { natsAnswers } from '../../../tools/dev/system/nats.js';
import { freePort } from '../../../tools/dev/system/ports.js';

/** A nats-server that a test may kill, start again, and rob of its store. */
export class LabBroker {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
  ) {}

  static async start(): Promise<LabBroker> {
    const broker = new LabBroker(mkdtempSync(join(tmpdir(), 'waystop-pipe-')), await freePort());
    process.once('exit', () => broker.child?.kill('SIGKILL'));
    await broker.start();
    return broker;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const args = ['-a', '127.0.0.1', '-p', String(this.port), '-js', '-sd', this.store];
    this.child = spawn('nats-server', args, { stdio: 'ignore' });
    await natsAnswers(this.url, AbortSignal.timeout(60_000));
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.child === undefined) return;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    await ended;
    this.child = undefined;
  }

  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  wipe(): void {
    rmSync(this.store, { recursive: true, force: true });
  }

  /** Remembers the store as it is; the server must not be running. */
  copyStore(): void {
    cpSync(this.store, this.copy, { recursive: true });
  }

  /** Goes back to the store as it was copied: what a power failure does to what was never synced. */
  restoreStore(): void {
    this.wipe();
    cpSync(this.copy, this.store, { recursive: true });
  }

  async end(): Promise<void> {
    await this.kill('SIGTERM');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get store(): string {
    return join(this.folder, 'store');
  }

  private get copy(): string {
    return join(this.folder, 'copy');
  }
}
