import { createServer } from 'node:http';

/** What a receiver has taken so far; its parent asks. */
export interface Taken {
  readonly count: number;
  /** One body, as it came. */
  readonly body: string;
}

/** Takes whatever is posted to it, and says so. */
let count = 0;
let body = '';
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    count += 1;
    body = Buffer.concat(chunks).toString();
    response.writeHead(204).end();
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' && address !== null ? address.port : 0);
});
process.on('message', () => process.send?.({ count, body } satisfies Taken));
