import { createServer } from 'node:http';

/** What a receiver has taken so far; its parent asks. */
export interface Taken {
  readonly count: number;
  /** One body, as it came. */
  readonly body: string;
  /** When the last one came, in milliseconds since 1970. */
  readonly lastAt: number;
}

/** Takes whatever is posted to it, and says so; but for one path, where it never answers. */
export const hangingPath = 'hangs';
let count = 0;
let body = '';
let lastAt = 0;
const server = createServer((request, response) => {
  if (request.url === `/${hangingPath}`) return;
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    count += 1;
    lastAt = Date.now();
    body = Buffer.concat(chunks).toString();
    response.writeHead(204).end();
  });
});
if (process.send !== undefined) {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.(typeof address === 'object' && address !== null ? address.port : 0);
  });
  process.on('disconnect', () => process.exit());
  process.on('message', () => process.send?.({ count, body, lastAt } satisfies Taken));
}
