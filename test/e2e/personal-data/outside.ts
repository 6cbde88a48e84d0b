import { createServer, type Server } from 'node:http';

/** What is outside of the system: takes everything that is sent to it, and keeps it. */
export class Outside {
  readonly requests: string[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Outside> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The outside has no port.');
    const outside = new Outside(server, `http://127.0.0.1:${address.port}`);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const headers = JSON.stringify(request.headers);
        outside.requests.push(`${request.url} ${headers} ${Buffer.concat(chunks).toString()}`);
        // Webhooks look at the status, chat robots at the code.
        response.writeHead(200).end('{"code":0}');
      });
    });
    return outside;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
