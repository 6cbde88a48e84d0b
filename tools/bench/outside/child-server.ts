import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fromSource } from '../../dev/system/main-of.js';

/** A server in a process of its own, which says its port first and what it has taken whenever it is asked. */
export class ChildServer<Taken> {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  /** @param file beside this one */
  static async start<Taken>(file: string): Promise<ChildServer<Taken>> {
    const child = fork(new URL(file, import.meta.url), { execArgv: fromSource });
    const [port] = (await once(child, 'message')) as [number];
    return new ChildServer<Taken>(child, port);
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
