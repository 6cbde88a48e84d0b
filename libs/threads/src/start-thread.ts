import { pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { assetFile } from './asset-file.js';

/**
 * Starts a thread of an app: bundled, it has a file of its own beside the service; from the sources it runs as the
 * service's own source does.
 * @param source the thread's module, such as `apps/outcomes/src/documents/document.worker.ts`
 */
export function startThread(source: string, options: WorkerOptions = {}): Worker {
  if (!import.meta.filename.endsWith('.ts')) return new Worker(assetFile(bundled(source)), options);
  const typescript = pathToFileURL(assetFile('tools/dev/typescript.js')).href;
  return new Worker(assetFile(source), { ...options, execArgv: ['--import', typescript] });
}

/** `apps/outcomes/src/documents/document.worker.ts` is built to `apps/outcomes/document.worker.js`. */
function bundled(source: string): string {
  const [apps, app] = source.split('/');
  const name = source.slice(source.lastIndexOf('/') + 1, -'.ts'.length);
  return `${apps}/${app}/${name}.js`;
}
