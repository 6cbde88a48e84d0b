import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What the two builds read: the services, and what of the web runs in browsers. */
export const builds = {
  services: {
    files: ['package-lock.json', 'nest-cli.json', 'rspack.config.js', 'tsconfig.json', 'tsconfig.build.json'],
    folders: ['apps', 'libs', 'tools'],
    isSource: (path) => /\.tsx?$/.test(path) && !path.includes('/apps/web/client/'),
  },
  client: {
    files: ['package-lock.json', 'apps/web/vite.config.js'],
    folders: ['apps/web/client', 'apps/web/shared', 'libs/contracts', 'libs/reference-data'],
    isSource: () => true,
  },
};

/** A hash over name, size and time of change of all that a build reads: equal stamps mean nothing to build. */
export function sourcesStamp(root, { files, folders, isSource } = builds.services) {
  const hash = createHash('sha256');
  const sources = folders.flatMap((folder) => sourcesBelow(join(root, folder))).filter(isSource);
  for (const file of [...files.map((name) => join(root, name)), ...sources]) {
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
    return /spec\.tsx?$/.test(entry.name) ? [] : [path];
  });
}
