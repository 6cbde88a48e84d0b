import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from './project-root.js';

/** The built program of a service. Its path holds `apps/<service>/`, so that it can be found among the processes. */
export function mainOf(service: string): string {
  return join(projectRoot, 'dist', 'apps', service, 'main.js');
}

/** The arguments with which Node runs TypeScript as it stands. */
export const fromSource = [
  '--import',
  pathToFileURL(join(projectRoot, 'tools', 'dev', 'typescript.js')).href,
];
