import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

const SOURCE_FOLDERS = ['apps', 'libs', 'tools', 'test'];
const BUILD_FILES = ['package.json', 'package-lock.json', 'tsconfig.json'];

/** A hash over name, size and time of change of all that a build reads: equal stamps mean nothing to build. */
export function sourcesStamp(root) {
  const hash = createHash('sha256');
  const sources = SOURCE_FOLDERS.flatMap((folder) => filesBelow(join(root, folder), '.ts'));
  for (const file of [...BUILD_FILES.map((name) => join(root, name)), ...sources]) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${relative(root, file)} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Outputs whose source is gone. They have to go too: a renamed migration would otherwise run under both names. */
export function staleOutputs(root) {
  return SOURCE_FOLDERS.flatMap((folder) => {
    const outputs = filesBelow(join(root, 'dist', folder), '.js', '.js.map');
    return outputs.filter((file) => !existsSync(sourceOf(root, file)));
  });
}

function sourceOf(root, output) {
  return join(root, relative(join(root, 'dist'), output).replace(/\.js(\.map)?$/, '.ts'));
}

function filesBelow(folder, ...endings) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path, ...endings);
    return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : [];
  });
}
