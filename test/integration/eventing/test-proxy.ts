import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { freePort } from '../../../tools/dev/system/ports.js';

/** Stands between a service and its PostgreSQL, so that a test can cut them off from each other. */
export class LabProxy {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly target: URL,
    private readonly port: number,
  ) {}

  static async start(databaseUrl: string): Promise<LabProxy> {
    const proxy = new LabProxy(new URL(databaseUrl), await freePort());
    await proxy.open();
    return proxy;
  }

  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String(this.port);
    return url.href;
  }

  async open(): Promise<void> {
    this.server = createServer((socket) => this.forward(socket)).listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  /** Ends all connections and refuses new ones, as a server that was killed does. */
  async cut(): Promise<void> {
    const closed = this.server === undefined ? undefined : once(this.server, 'close');
    this.server?.close();
    for (const socket of this.sockets) socket.resetAndDestroy();
    await closed;
  }

  private forward(client: Socket): void {
    const server = connect(Number(this.target.port || 5432), this.target.hostname);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        to.destroy();
        this.sockets.delete(from);
      });
    }
  }
}
