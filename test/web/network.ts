import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Page } from 'playwright-core';

/** The way from a browser to the system, which can be cut: connections break, and no new one comes through. */
export class Network {
  private readonly sockets = new Set<Socket>();
  private isCut = false;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(target: string): Promise<Network> {
    const port = Number(new URL(target).port);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const network = new Network(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('connection', (socket: Socket) => network.carry(socket, port));
    return network;
  }

  /** The browser learns of it as well, as from a phone. */
  async lose(page: Page): Promise<void> {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy();
    await page.context().setOffline(true);
  }

  async restore(page: Page): Promise<void> {
    this.isCut = false;
    await page.context().setOffline(false);
  }

  stop(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }

  private carry(near: Socket, port: number): void {
    if (this.isCut) return void near.destroy();
    const far = connect(port, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }
}
