import { request, type IncomingHttpHeaders } from 'node:http';

export interface Received {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A request as the wire has it: no decompression, and from any address of this machine. */
export function send(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Buffer; from?: string } = {},
): Promise<Received> {
  const { method = 'GET', headers = {}, body, from } = options;
  return new Promise((resolve, reject) => {
    const local = from === undefined ? {} : { localAddress: from };
    const sent = request(url, { method, headers, agent: false, ...local }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
