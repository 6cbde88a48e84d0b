import { failed, passed, type Finding } from '#service';
import type { DocumentData } from './document-data.js';
import { DocumentWorker } from './document-worker.service.js';

/** Far more than it takes: a busy machine starts a thread slowly. */
const withinMs = 60_000;

const trial: DocumentData = {
  kind: 'plaques',
  sheet: 'single',
  alliance: { zh: '试', en: 'Trial' },
  announcedOn: {},
  plaques: [{ name: { zh: '试' }, category: '试', number: 1, code: '', verifyUrl: 'http://127.0.0.1/' }],
};

/** Whether documents can be drawn here: a thread starts, and it finds the font. */
export async function documentFindings(): Promise<Finding[]> {
  const worker = new DocumentWorker();
  const timer = setTimeout(() => void worker.onApplicationShutdown(), withinMs);
  try {
    const pdf = await worker.draw(trial);
    if (pdf.subarray(0, 5).toString() === '%PDF-')
      return [passed('documents', 'a thread starts, and draws a page with its font')];
    return [failed('documents', 'what the thread drew is no PDF', remedy)];
  } catch (error) {
    return [failed('documents', error instanceof Error ? error.message : String(error), remedy)];
  } finally {
    clearTimeout(timer);
    await worker.onApplicationShutdown();
  }
}

const remedy =
  'Give the process room for a thread (256 MB beside what it has), and install all files: the font lies in apps/outcomes/fonts.';
