import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../dev/system/project-root.js';

/** One package as package-lock.json has it. */
export interface LockedPackage {
  version?: string;
  license?: string;
  integrity?: string;
  resolved?: string;
  dev?: boolean;
  optional?: boolean;
  hasInstallScript?: boolean;
  optionalDependencies?: Record<string, string>;
}

export interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
}

export type Lockfile = Record<string, LockedPackage>;

export function readLockfile(): Lockfile {
  const { packages } = readJson('package-lock.json') as { packages: Lockfile };
  const { '': _root, ...others } = packages;
  return others;
}

export const readManifest = () => readJson('package.json') as Manifest;

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(projectRoot, name), 'utf8'));
}

/** `node_modules/a/node_modules/@b/c` → `@b/c` */
export const nameOf = (path: string): string => path.replace(/^.*node_modules\//, '');
