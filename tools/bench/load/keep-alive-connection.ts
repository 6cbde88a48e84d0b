import { connect, type Socket } from 'node:net';

export interface HttpAnswer {
  readonly status: number;
  readonly bytes: Buffer;
  readonly bodyAt: number;
}

type OnAnswer = (answer: HttpAnswer) => void;

const headEnd = Buffer.from('\r\n\r\n');

/**
 * One keep-alive connection that sends ready bytes and reads answers that name their length. Node's own client costs
 * several times as much CPU a request, and the load shares the machine with what it measures.
 */
export class KeepAliveConnection {
  private rest: Buffer | null = null;
  private onAnswer: OnAnswer | null = null;

  private constructor(
    private readonly socket: Socket,
    private readonly onLost: (error: Error) => void,
  ) {
    socket.on('data', (chunk) => this.read(chunk));
    socket.on('error', onLost);
    socket.on('close', () => {
      if (this.onAnswer !== null) onLost(new Error('The connection was closed with a request under way.'));
    });
  }

  static open(port: number, onLost: (error: Error) => void): Promise<KeepAliveConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => resolve(new KeepAliveConnection(socket, onLost)));
    });
  }

  send(request: Buffer, onAnswer: OnAnswer): void {
    this.onAnswer = onAnswer;
    this.socket.write(request);
  }

  close(): void {
    this.socket.destroy();
  }

  private read(chunk: Buffer): void {
    const bytes = this.rest === null ? chunk : Buffer.concat([this.rest, chunk]);
    const headLength = bytes.indexOf(headEnd);
    const bodyAt = headLength + headEnd.length;
    const wanted =
      headLength < 0 ? Infinity : bodyAt + this.bodyLength(bytes.toString('latin1', 0, headLength));
    if (bytes.length < wanted) {
      this.rest = bytes;
      return;
    }
    this.rest = null;
    const { onAnswer } = this;
    this.onAnswer = null;
    onAnswer?.({ status: Number(bytes.toString('latin1', 9, 12)), bytes, bodyAt });
  }

  private bodyLength(head: string): number {
    const length = /\r\ncontent-length: ?(\d+)/i.exec(head)?.[1];
    if (length === undefined) this.onLost(new Error(`An answer does not name its length:\n${head}`));
    return Number(length);
  }
}
