import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from './project-root.js';

/**
 * Brings the tables of several services up to date in one process, since to load a migration's modules takes longer than
 * to run it. Each service's `migrate.js` runs as it does by itself in the image, and reads its settings from the
 * environment when it is loaded.
 */
const services = JSON.parse(process.env['MIGRATIONS'] ?? '{}') as Record<string, Record<string, string>>;
for (const [service, settings] of Object.entries(services)) {
  delete process.env['DATABASE_APP_ROLE'];
  Object.assign(process.env, settings);
  await import(pathToFileURL(join(projectRoot, 'dist', 'apps', service, 'src', 'migrate.js')).href);
  if (process.exitCode !== undefined && process.exitCode !== 0) {
    process.stderr.write(`The tables of ${service} could not be brought up to date.\n`);
    break;
  }
}
