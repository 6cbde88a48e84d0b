import { request, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';

/** One event of a stream, as its lines say it. */
export interface StreamedEvent {
  readonly id: string;
  readonly event: string;
  readonly data: { id?: string; type?: string; subject?: string; time?: string };
}

/** Reads a stream of events as the HTML standard says, and remembers everything. */
export class StreamReader {
  readonly events: StreamedEvent[] = [];
  /** When each event was here, by `performance.now()`. */
  readonly arrivedAt: number[] = [];
  readonly comments: string[] = [];
  lastEventId = '';
  retryMs: number | undefined;
  ended = false;
  private rest = '';
  private id = '';

  private constructor(
    private readonly sent: ClientRequest,
    private readonly response: IncomingMessage,
  ) {
    response.setEncoding('utf8');
    response.on('data', (text: string) => this.read(text));
    for (const end of ['end', 'close', 'error']) response.on(end, () => (this.ended = true));
  }

  static open(
    url: string,
    headers: Record<string, string> = {},
    more: { localAddress?: string } = {},
  ): Promise<StreamReader> {
    return new Promise((resolve, reject) => {
      const sent = request(url, { agent: false, headers, ...more }, (response) =>
        resolve(new StreamReader(sent, response)),
      );
      sent.once('error', reject);
      sent.end();
    });
  }

  get status(): number {
    return this.response.statusCode ?? 0;
  }

  get headers(): IncomingHttpHeaders {
    return this.response.headers;
  }

  get subjects(): (string | undefined)[] {
    return this.events.filter(({ event }) => event === 'message').map(({ data }) => data.subject);
  }

  /** Stops reading. */
  stall(): void {
    this.response.pause();
    this.response.socket.pause();
  }

  close(): void {
    this.sent.destroy();
  }

  private read(text: string): void {
    this.rest += text;
    for (;;) {
      const end = this.rest.indexOf('\n\n');
      if (end < 0) return;
      this.readBlock(this.rest.slice(0, end).split('\n'));
      this.rest = this.rest.slice(end + 2);
    }
  }

  private readBlock(lines: string[]): void {
    let event = 'message';
    const data: string[] = [];
    for (const line of lines) {
      const colon = line.indexOf(':');
      const [name, value] =
        colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).trimStart()];
      if (name === '') this.comments.push(value);
      if (name === 'id') this.id = value;
      if (name === 'event') event = value;
      if (name === 'retry') this.retryMs = Number(value);
      if (name === 'data') data.push(value);
    }
    this.lastEventId = this.id;
    if (data.length === 0) return;
    this.arrivedAt.push(performance.now());
    this.events.push({ id: this.id, event, data: JSON.parse(data.join('\n')) as StreamedEvent['data'] });
  }
}
