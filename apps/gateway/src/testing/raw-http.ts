import { connect } from 'node:net';

/** A response as bytes show it, taken apart. */
export interface RawResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface RawExchange {
  /** All that came back until the connection ended. */
  text: string;
  seconds: number;
  responses: RawResponse[];
}

/**
 * Sends bytes as they are, and reads until the connection ends.
 * @param endsItself whether the test ends the connection with the first response, where the server would keep it
 */
export function sendRaw(base: string, bytes: string, endsItself = false): Promise<RawExchange> {
  const beganMs = performance.now();
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(base).port), '127.0.0.1', () => socket.write(bytes, 'latin1'));
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (endsItself && isWhole(text)) socket.end();
    });
    socket.on('error', reject);
    socket.on('close', () =>
      resolve({
        text,
        seconds: (performance.now() - beganMs) / 1_000,
        responses: responsesIn(text),
      }),
    );
  });
}

/** Whether the text holds a response with all of its body. */
function isWhole(text: string): boolean {
  const [first] = responsesIn(text);
  return text.includes('\r\n\r\n') && first?.body.length === Number(first?.headers['content-length'] ?? 0);
}

/** All responses here name their length or have no body. */
function responsesIn(text: string): RawResponse[] {
  const responses: RawResponse[] = [];
  let rest = text;
  while (rest.startsWith('HTTP/1.1 ')) {
    const end = rest.indexOf('\r\n\r\n');
    const [first = '', ...lines] = rest.slice(0, end).split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }),
    );
    const bodyAt = end + 4;
    const bodyEnd = bodyAt + Number(headers['content-length'] ?? 0);
    responses.push({ status: Number(first.split(' ')[1]), headers, body: rest.slice(bodyAt, bodyEnd) });
    rest = rest.slice(bodyEnd);
  }
  return responses;
}
