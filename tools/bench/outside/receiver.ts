import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fromSource } from '../../dev/system/main-of.js';
import type { Taken } from './receiver-process.js';

/** A receiver in a process of its own. */
export class BenchReceiver {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(): Promise<BenchReceiver> {
    const child = fork(new URL('receiver-process.ts', import.meta.url), { execArgv: fromSource });
    const [port] = (await once(child, 'message')) as [number];
    return new BenchReceiver(child, `http://127.0.0.1:${port}/`);
  }

  async taken(): Promise<Taken> {
    const answer = once(this.child, 'message');
    this.child.send('how many');
    const [taken] = (await answer) as [Taken];
    return taken;
  }

  stop(): void {
    this.child.kill();
  }
}
