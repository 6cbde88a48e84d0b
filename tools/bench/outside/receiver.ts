import { ChildServer } from './child-server.js';
import type { Taken } from './receiver-process.js';

/** A receiver of webhooks in a process of its own. */
export class BenchReceiver {
  private constructor(private readonly server: ChildServer<Taken>) {}

  static async start(): Promise<BenchReceiver> {
    return new BenchReceiver(await ChildServer.start<Taken>('receiver-process.ts'));
  }

  get url(): string {
    return `http://127.0.0.1:${this.server.port}/`;
  }

  taken(): Promise<Taken> {
    return this.server.taken();
  }

  stop(): void {
    this.server.stop();
  }
}
