import type { DocumentData } from '../document-data.js';
import { badgesPdf } from './badges.js';
import { certificatePdf } from './certificate.js';
import { plaquesPdf } from './plaques.js';
import { reportPdf } from './report.js';

/** The document as a stream of bytes, which begins before the last page is drawn. */
export function documentPdf(data: DocumentData): PDFKit.PDFDocument {
  switch (data.kind) {
    case 'certificate':
      return certificatePdf(data);
    case 'badges':
      return badgesPdf(data);
    case 'plaques':
      return plaquesPdf(data);
    case 'report':
      return reportPdf(data);
  }
}
