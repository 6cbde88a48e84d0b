import { Counter, Histogram } from 'prom-client';
import { metrics } from '#service';
import type { DocumentData } from './document-data.js';

type Kind = DocumentData['kind'];
type Outcome = 'drawn' | 'failed' | 'refused';

const documents = new Counter({
  name: 'waystop_documents_total',
  help: 'PDF documents that were asked for: drawn, failed, or refused because too many waited',
  labelNames: ['kind', 'outcome'],
  registers: [metrics],
});

const seconds = new Histogram({
  name: 'waystop_document_seconds',
  help: 'Time that a PDF document took, its wait for the thread included',
  labelNames: ['kind'],
  buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
  registers: [metrics],
});

// Series that are there from the start: the first of their events is then seen as a rate, too.
for (const kind of ['certificate', 'badges', 'plaques', 'report'] satisfies Kind[])
  for (const outcome of ['drawn', 'failed', 'refused'] satisfies Outcome[])
    documents.inc({ kind, outcome }, 0);

export function countDocument(kind: Kind, outcome: Outcome, tookMs?: number): void {
  documents.inc({ kind, outcome });
  if (tookMs !== undefined) seconds.observe({ kind }, tookMs / 1_000);
}
