import { parentPort } from 'node:worker_threads';
import type { DocumentData } from './document-data.js';
import type { FromWorker } from './document-worker.service.js';
import { documentPdf } from './pdf/document-pdf.js';

interface Job {
  readonly id: number;
  readonly data: DocumentData;
}

const port = parentPort;

/** Draws one document after the other, and hands over its bytes as they come. */
port?.on('message', ({ id, data }: Job) => {
  const say = (message: FromWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
  try {
    const document = documentPdf(data);
    document.on('data', (chunk: Buffer) => {
      const bytes = new Uint8Array(chunk);
      say({ id, bytes }, [bytes.buffer]);
    });
    document.on('end', () => say({ id, done: true }));
    document.on('error', (error: Error) => say({ id, error: error.message }));
    document.end();
  } catch (error) {
    say({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
