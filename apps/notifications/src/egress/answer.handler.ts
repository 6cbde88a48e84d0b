import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';

export interface ReceivedAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Empty where nobody reads the body. */
  readonly text: string;
}

/**
 * Takes one answer as undici reads it, without the streams and signals of `request()`: they cost more than the message
 * that is sent. Where only the status counts, an answer that began and broke off is an answer.
 */
export class AnswerHandler implements Dispatcher.DispatchHandler {
  private readonly timer: NodeJS.Timeout;
  private readonly chunks: Buffer[] = [];
  private controller: Dispatcher.DispatchController | undefined;
  private begun: { status: number; headers: IncomingHttpHeaders } | undefined;

  constructor(
    private readonly options: { readonly attemptMs: number; readonly reads: boolean },
    private readonly resolve: (answer: ReceivedAnswer) => void,
    private readonly reject: (error: Error) => void,
  ) {
    this.timer = setTimeout(() => this.giveUp(), options.attemptMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    // What comes before the answer, such as 103, is none.
    if (status >= 200) this.begun = { status, headers };
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.options.reads) this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.settle();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.options.reads) this.begun = undefined;
    this.settle(error);
  }

  /** A request that waits for a connection has no controller yet: it is given up all the same. */
  private giveUp(): void {
    const late = new DOMException('No whole answer came in time.', 'TimeoutError');
    if (this.options.reads) this.begun = undefined;
    this.settle(late);
    this.controller?.abort(late);
  }

  private settle(error?: Error): void {
    clearTimeout(this.timer);
    const { begun, chunks } = this;
    if (begun === undefined) return this.reject(error ?? new Error('The connection ended.'));
    this.resolve({ ...begun, text: chunks.length === 0 ? '' : Buffer.concat(chunks).toString('utf8') });
  }
}
