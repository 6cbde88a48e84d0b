import { Agent, request } from 'node:http';

/** One request, byte for byte: a client that is broken, or that means harm, keeps to no rules. */
export interface RawRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: Buffer | undefined;
}

export class Answer {
  constructor(
    readonly status: number,
    readonly headers: NodeJS.Dict<string | string[]>,
    readonly text: string,
  ) {}

  get contentType(): string {
    return String(this.headers['content-type'] ?? '');
  }

  get codeOrType(): string {
    return /"code":"([^"]+)"/.exec(this.text)?.[1] ?? this.contentType;
  }

  json(): unknown {
    try {
      return JSON.parse(this.text);
    } catch {
      return undefined;
    }
  }
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/** Sends and reads the whole answer; of a stream, which has no end, its head. A connection that the server closed without an answer rejects. */
export function send(origin: string, { method, path, headers, body }: RawRequest): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(body.length) };
    const outgoing = request(
      { hostname, port, agent, method, path, headers: { ...length, ...headers }, timeout: 20_000 },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        if (incoming.headers['content-type'] === 'text/event-stream') {
          resolve(new Answer(incoming.statusCode ?? 0, incoming.headers, ''));
          incoming.destroy();
          return;
        }
        incoming.on('end', () =>
          resolve(
            new Answer(incoming.statusCode ?? 0, incoming.headers, Buffer.concat(chunks).toString('utf8')),
          ),
        );
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer within 20 s')));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

export function closeConnections(): void {
  agent.destroy();
}
