import { connect, type Socket } from 'node:net';

/** What came with one read, and when, by `performance.now()`. */
interface Arrival {
  readonly atMs: number;
  readonly text: string;
}

const dataLine = /^data: (.+)$/m;

/**
 * A stream of events that is only timed while it comes, and read afterwards: two thousand readers that parse what comes
 * would be measured themselves.
 */
export class EventReader {
  /** The status of the answer. */
  status = 0;
  private readonly arrivals: Arrival[] = [];

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      if (text.includes('\ndata: ')) this.arrivals.push({ atMs: performance.now(), text });
    });
    socket.on('error', () => socket.destroy());
  }

  static async open(url: string, key: string): Promise<EventReader> {
    const { hostname, port, host, pathname, search } = new URL(url);
    const socket = connect(Number(port), hostname);
    const reader = new EventReader(socket);
    const head = new Promise<string>((resolve, reject) => {
      socket.once('data', (text: string) => resolve(text));
      socket.once('close', () => reject(new Error('A stream was closed before it began.')));
    });
    socket.write(
      `GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${key}\r\nAccept: text/event-stream\r\n\r\n`,
    );
    reader.status = Number((await head).split(' ', 2)[1]);
    return reader;
  }

  /** How many events came so far. */
  get count(): number {
    return this.arrivals.length;
  }

  /** How long an event took, from when it says that it happened; null where it did not come. */
  behindMs(place: number): number | null {
    const { atMs, text = '' } = this.arrivals[place] ?? {};
    const [, data] = dataLine.exec(text) ?? [];
    if (atMs === undefined || data === undefined) return null;
    return performance.timeOrigin + atMs - Date.parse((JSON.parse(data) as { time: string }).time);
  }

  /** Reads no more. */
  stall(): void {
    this.socket.pause();
  }

  close(): void {
    this.socket.destroy();
  }
}
