import { buffer } from 'node:stream/consumers';
import { doJobs } from '#threads';
import type { DocumentData } from './document-data.js';
import { documentPdf } from './pdf/document-pdf.js';

doJobs<DocumentData, Uint8Array<ArrayBuffer>>(
  async (data) => {
    const document = documentPdf(data);
    document.end();
    return new Uint8Array(await buffer(document));
  },
  ({ buffer: bytes }) => [bytes],
);
