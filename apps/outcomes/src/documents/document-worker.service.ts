import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Problem } from '#contracts';
import { JobThread } from '#threads';
import type { DocumentData } from './document-data.js';

const maxWaiting = 32;
const maxHeapMb = 256;

/** Draws documents in a thread of its own, so that other requests do not wait for them. */
@Injectable()
export class DocumentWorker implements OnApplicationShutdown {
  private readonly thread = new JobThread<DocumentData, Uint8Array>(
    'apps/outcomes/src/documents/document.worker.ts',
    { resourceLimits: { maxOldGenerationSizeMb: maxHeapMb } },
  );

  /** The bytes of the document. @throws Problem `service.unavailable` where too many wait */
  async draw(data: DocumentData): Promise<Buffer> {
    if (this.thread.load >= maxWaiting)
      throw new Problem(
        'service.unavailable',
        'Too many documents are being made. Try again in a few seconds.',
      );
    return Buffer.from(await this.thread.do(data));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread.stop();
  }
}
