import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../dev/system/project-root.js';
import { runToEnd } from '../../dev/system/run-to-end.js';

/** Builds a revision of this repository in a folder of its own, with the packages that its lockfile names. */
export async function buildRevision(commit: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const archive = join(folder, 'source.tar');
  await runToEnd('git', ['archive', '--output', archive, commit], { cwd: projectRoot });
  await runToEnd('tar', ['-xf', archive, '-C', folder]);
  rmSync(archive);
  if (lockOf(folder) === lockOf(projectRoot))
    symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  await runToEnd('npm', ['run', 'build'], { cwd: folder });
}

function lockOf(folder: string): string {
  return readFileSync(join(folder, 'package-lock.json'), 'utf8');
}
