import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Problem } from '#contracts';
import { assetFile } from './asset-file.js';
import type { DocumentData } from './document-data.js';

export type FromWorker =
  | { readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly done: true }
  | { readonly id: number; readonly error: string };

interface Waiting {
  readonly chunks: Uint8Array[];
  readonly resolve: (pdf: Buffer) => void;
  readonly reject: (error: Error) => void;
}

/** The font takes memory, so the thread ends when nobody has wanted a document for a while. */
const idleMs = 20_000;
const maxWaiting = 32;
const maxHeapMb = 256;

/** Draws documents in a thread of its own, so that other requests do not wait for them. */
@Injectable()
export class DocumentWorker implements OnApplicationShutdown {
  private worker: Worker | undefined;
  private idle: NodeJS.Timeout | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;

  /** The bytes of the document. @throws Problem `service.unavailable` where too many wait */
  draw(data: DocumentData): Promise<Buffer> {
    if (this.waiting.size >= maxWaiting)
      throw new Problem(
        'service.unavailable',
        'Too many documents are being made. Try again in a few seconds.',
      );
    clearTimeout(this.idle);
    const worker = (this.worker ??= this.start());
    const id = (this.lastId += 1);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { chunks: [], resolve, reject });
      worker.postMessage({ id, data });
    });
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.idle);
    await this.worker?.terminate();
  }

  private start(): Worker {
    const { file, execArgv } = workerFile();
    const worker = new Worker(file, {
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
      ...(execArgv === undefined ? {} : { execArgv }),
    });
    worker.on('message', (message: FromWorker) => this.receive(message));
    worker.on('error', (error: Error) => this.fail(worker, error));
    worker.on('exit', () => this.fail(worker, new Error('The thread that draws documents has ended.')));
    worker.unref();
    return worker;
  }

  private receive(message: FromWorker): void {
    const waiting = this.waiting.get(message.id);
    if (waiting === undefined) return;
    if ('bytes' in message) {
      waiting.chunks.push(message.bytes);
      return;
    }
    this.waiting.delete(message.id);
    if ('error' in message) waiting.reject(new Error(message.error));
    else waiting.resolve(Buffer.concat(waiting.chunks));
    if (this.waiting.size === 0) this.endWhenIdle();
  }

  private endWhenIdle(): void {
    this.idle = setTimeout(() => {
      const { worker } = this;
      this.worker = undefined;
      void worker?.terminate();
    }, idleMs);
    this.idle.unref();
  }

  private fail(worker: Worker, error: Error): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}

/** The worker's file: bundled beside the service, or the source, which Node runs as the service's own source is run. */
function workerFile(): { file: string; execArgv?: string[] } {
  if (!import.meta.filename.endsWith('.ts')) return { file: assetFile('apps/outcomes/document.worker.js') };
  const typescript = pathToFileURL(assetFile('tools/dev/typescript.js')).href;
  return {
    file: assetFile('apps/outcomes/src/documents/document.worker.ts'),
    execArgv: ['--import', typescript],
  };
}
