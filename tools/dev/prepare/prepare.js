import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.js';
import { npmCommand } from './npm.js';
import { isInstalled, isLinked } from './packages.js';
import { builds, sourcesStamp } from './sources.js';

/**
 * Brings a clone to the state in which it can run: packages installed, services built.
 * Ends the process with one clear message when a step fails; an unchanged clone costs some milliseconds.
 */
export function prepare(root) {
  if (isInstalled(root) && isBuilt(root)) return;
  withLock(lockFile(root), () => {
    if (!isInstalled(root)) install(root);
    if (!isBuilt(root)) build(root);
  });
}

/** The first half alone. */
export function installPackages(root) {
  if (isInstalled(root)) return;
  withLock(lockFile(root), () => {
    if (!isInstalled(root)) install(root);
  });
}

function lockFile(root) {
  return join(root, 'dist', '.prepare.lock');
}

function stampFile(root, name) {
  return join(root, 'dist', name === 'services' ? '.stamp' : `.stamp-${name}`);
}

function isBuilt(root) {
  return staleBuilds(root).length === 0;
}

/** The names of the builds whose sources have changed. */
function staleBuilds(root) {
  return Object.keys(builds).filter((name) => {
    const file = stampFile(root, name);
    return !existsSync(file) || readFileSync(file, 'utf8') !== sourcesStamp(root, builds[name]);
  });
}

function install(root) {
  if (isLinked(root)) {
    fail(
      'node_modules is a link, and what it leads to is not what package-lock.json asks for. ' +
        'An installation would empty that folder: remove the link first.',
    );
  }
  console.log('Installing the packages (once, and after they change) ...');
  // Development packages are named because an NODE_ENV=production of the caller would leave the compiler out.
  const command = npmCommand('ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error');
  run(root, command, 'npm ci failed: see above. Is the network reachable, the disk full?');
}

/** Both builds at once: each of them leaves one of two processors idle for half of its time. */
function build(root) {
  console.log('Building ...');
  const names = staleBuilds(root);
  const stamps = names.map((name) => sourcesStamp(root, builds[name]));
  const builder = join(root, 'tools', 'dev', 'prepare', 'build.js');
  run(root, [process.execPath, builder, ...names], 'The build failed: see above.');
  mkdirSync(join(root, 'dist'), { recursive: true });
  for (const [at, name] of names.entries()) writeFileSync(stampFile(root, name), stamps[at]);
}

function run(root, [command, ...args], onFailure) {
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (result.status === 0) return;
  console.error(`${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`.trimEnd());
  fail(onFailure);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
