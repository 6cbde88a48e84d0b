import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly event: { id: string; type: string; subject: string; data: Record<string, unknown> };
}

/** A receiver of webhooks on loopback, which answers what the test says and remembers what came. */
export class Receiver {
  readonly received: Received[] = [];
  /** What is answered; 204 unless the test says otherwise. */
  answer: (event: Received['event']) => { status: number; headers?: Record<string, string> } = () => ({
    status: 204,
  });

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Receiver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The receiver has no port.');
    const receiver = new Receiver(server, `http://127.0.0.1:${address.port}/hook`);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const event = JSON.parse(body) as Received['event'];
        const { status, headers } = receiver.answer(event);
        receiver.received.push({ headers: request.headers, body, event });
        response.writeHead(status, headers).end();
      });
    });
    return receiver;
  }

  typesOf(subject: string): string[] {
    return this.received.filter(({ event }) => event.subject === subject).map(({ event }) => event.type);
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
