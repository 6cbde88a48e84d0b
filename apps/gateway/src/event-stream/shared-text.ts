import type { ServerResponse } from 'node:http';

/** Text for many responses, whose bytes are made once. */
export class SharedText {
  private plain: Buffer | undefined;
  private chunk: Buffer | undefined;

  constructor(private readonly text: string) {}

  get bytes(): Buffer {
    return (this.plain ??= Buffer.from(this.text));
  }

  /**
   * Writes it as a part of a response that goes on. As a ready chunk (RFC 9112, section 7.1) it is one write of bytes that
   * are there already: `response.write` encodes each text anew, and writes its length, it and its end as three pieces.
   */
  writeTo(response: ServerResponse): void {
    const { socket } = response;
    // What the response itself holds back would come after what is written past it.
    if (socket === null || response.writableLength !== socket.writableLength) response.write(this.bytes);
    else socket.write(response.chunkedEncoding ? this.asChunk() : this.bytes);
  }

  private asChunk(): Buffer {
    this.chunk ??= Buffer.concat([
      Buffer.from(`${this.bytes.length.toString(16)}\r\n`),
      this.bytes,
      Buffer.from('\r\n'),
    ]);
    return this.chunk;
  }
}
