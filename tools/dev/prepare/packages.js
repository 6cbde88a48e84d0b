import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes a lockfile of its own into node_modules as
 * the last step of an install, so an install that was interrupted, or was made for other versions, shows.
 */
export function isInstalled(root) {
  try {
    return agree(
      readLock(join(root, 'package-lock.json')),
      readLock(join(root, 'node_modules', '.package-lock.json')),
    );
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return false;
    throw error;
  }
}

/** npm empties what a linked node_modules leads to before it installs: the packages of another clone, or worse. */
export function isLinked(root) {
  return lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function readLock(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** Packages for other platforms may be absent; nothing may be there that was not asked for. */
export function agree(wanted, installed) {
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue;
    const found = installed[path];
    if (found === undefined && (entry.optional || entry.peer || entry.devOptional)) continue;
    if (found?.version !== entry.version || found?.integrity !== entry.integrity) return false;
  }
  return Object.keys(installed).every((path) => path in wanted);
}

const OPERATING_SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'openharmony',
  'sunos',
  'win32',
  'windows',
];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64', 'wasm32'];

/**
 * Lockfile entries for the optional packages that others ask for by exact version and that the lockfile does not name.
 * Their platform is read from their name, so that npm skips them elsewhere without asking for them.
 */
export function missingOptionals(packages) {
  const missing = {};
  for (const entry of Object.values(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const path = `node_modules/${name}`;
      if (path in packages || !/^\d+\.\d+\.\d+/.test(version)) continue;
      missing[path] = { version, ...platformOf(name), ...(entry.dev ? { dev: true } : {}), optional: true };
    }
  }
  return missing;
}

function platformOf(name) {
  const words = name.split('/').pop().replace('armv7', 'arm').split('-');
  const os = words.find((word) => OPERATING_SYSTEMS.includes(word));
  const cpu = words.find((word) => PROCESSORS.includes(word));
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc';
  return {
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(os ? { os: [os === 'windows' ? 'win32' : os] } : {}),
    ...(os === 'linux' && /-(gnu|musl)/.test(name) ? { libc: [libc] } : {}),
  };
}
