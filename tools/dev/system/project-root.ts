import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone's top folder. Found by looking upward, since this file runs from its source here and from dist/ in the image. */
export const projectRoot = findUpwards(dirname(fileURLToPath(import.meta.url)));

function findUpwards(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : findUpwards(dirname(folder));
}
