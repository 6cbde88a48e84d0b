import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const maxLevelsUp = 6;

/**
 * A file of an app, whether it runs from its sources or from the bundle: the nearest folder above that has it.
 * @param path such as `apps/outcomes/fonts/…`
 */
export function assetFile(path: string, from: string = import.meta.dirname): string {
  let folder = from;
  for (let level = 0; level < maxLevelsUp; level += 1, folder = dirname(folder)) {
    const file = join(folder, path);
    if (existsSync(file)) return file;
  }
  throw new Error(`The file ${path} was not found above ${from}.`);
}
