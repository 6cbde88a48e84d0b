// Brings a clone to the state in which it can run: packages installed, TypeScript built.
// Plain JavaScript that needs no package, because it runs before there is anything else.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './prepare/lock.js';
import { isInstalled, isLinked } from './prepare/packages.js';
import { sourcesStamp, staleOutputs } from './prepare/sources.js';

const OLDEST_NODE = [20, 19];
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const stampFile = join(root, 'dist', '.stamp');

/** Ends the process with one clear message when a step fails; an unchanged clone costs some milliseconds. */
export function prepare() {
  requireNode();
  if (isReady()) return;
  withLock(join(root, 'dist', '.prepare.lock'), () => {
    if (!isInstalled(root)) install();
    if (!isBuilt()) build();
  });
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  fail(`Waystop needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`);
}

function isReady() {
  return isInstalled(root) && isBuilt();
}

function isBuilt() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sourcesStamp(root);
}

function install() {
  if (isLinked(root)) {
    fail(
      'node_modules is a link, and what it leads to is not what package-lock.json asks for. ' +
        'An installation would empty that folder: remove the link first.',
    );
  }
  console.log('Installing the packages (once, and after they change) ...');
  // Development packages are named because an NODE_ENV=production of the caller would leave the compiler out.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const usesNpm = npm !== undefined && /npm-cli\.c?js$/.test(npm);
  const [command, prefix] = usesNpm ? [process.execPath, [npm]] : ['npm', []];
  run(command, [...prefix, ...args], 'npm ci failed: see above. Is the network reachable, the disk full?');
}

function build() {
  console.log('Building ...');
  const stamp = sourcesStamp(root);
  for (const file of staleOutputs(root)) rmSync(file);
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  run(process.execPath, [compiler, '-p', join(root, 'tsconfig.json')], 'The build failed: see above.');
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
}

function run(command, args, onFailure) {
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (result.status === 0) return;
  console.error(`${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`.trimEnd());
  fail(onFailure);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
