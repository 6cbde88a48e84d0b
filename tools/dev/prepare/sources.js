import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

const SOURCE_FOLDERS = ['apps', 'libs', 'tools'];
const BUILD_FILES = [
  'package-lock.json',
  'nest-cli.json',
  'rspack.config.js',
  'tsconfig.json',
  'tsconfig.build.json',
];

/** A hash over name, size and time of change of all that a build reads: equal stamps mean nothing to build. */
export function sourcesStamp(root) {
  const hash = createHash('sha256');
  const sources = SOURCE_FOLDERS.flatMap((folder) => sourcesBelow(join(root, folder)));
  for (const file of [...BUILD_FILES.map((name) => join(root, name)), ...sources]) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${relative(root, file)} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Files of tests are not built. */
function sourcesBelow(folder) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesBelow(path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('spec.ts') ? [path] : [];
  });
}
