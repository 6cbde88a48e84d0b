import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withLock } from './lock.js';
import { npmCommand } from './npm.js';
import { isInstalled, isLinked } from './packages.js';
import { sourcesStamp } from './sources.js';

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

function stampFile(root) {
  return join(root, 'dist', '.stamp');
}

function isBuilt(root) {
  return existsSync(stampFile(root)) && readFileSync(stampFile(root), 'utf8') === sourcesStamp(root);
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

function build(root) {
  console.log('Building ...');
  const stamp = sourcesStamp(root);
  const nest = join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  run(root, [process.execPath, nest, 'build'], 'The build failed: see above.');
  mkdirSync(dirname(stampFile(root)), { recursive: true });
  writeFileSync(stampFile(root), stamp);
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
