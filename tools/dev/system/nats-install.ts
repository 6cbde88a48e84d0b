import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runToEnd } from './run-to-end.js';
import { StartFailure } from './start-failure.js';

const OLDEST_NATS = [2, 9, 10] as const;
/** Where package managers put it although not everybody's PATH leads there (Debian's is in sbin). */
const USUAL_FOLDERS = ['/usr/local/bin', '/usr/sbin', '/usr/local/sbin', '/usr/bin', '/opt/homebrew/bin'];

/** The nats-server of this machine: found, else installed with the system's package manager, else a clear message. */
export async function natsServerCommand(notice: (line: string) => void, abort: AbortSignal): Promise<string> {
  return (await installedNats()) ?? newEnough(await install(notice, abort));
}

/** The nats-server that is there already, or null. @throws StartFailure where it is too old */
export async function installedNats(): Promise<string | null> {
  const found = findOnPath('nats-server');
  return found === null ? null : newEnough(found);
}

async function newEnough(command: string): Promise<string> {
  const version = await runToEnd(command, ['--version']);
  if (isNewEnough(version)) return command;
  throw new StartFailure(
    `${command} is ${version.trim()}; Waystop needs nats-server ${OLDEST_NATS.join('.')} or newer.`,
    'Update it, or set NATS_URL to a newer server with JetStream.',
  );
}

async function install(notice: (line: string) => void, abort: AbortSignal): Promise<string> {
  notice('nats-server was not found; installing it ...');
  const failures: string[] = [];
  for (const [command, ...args] of installSteps()) {
    const options = { signal: abort, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    await runToEnd(command, args, options).catch((error: unknown) => failures.push(String(error)));
    const found = findOnPath('nats-server');
    if (found !== null) return found;
  }
  const why = failures.length > 0 ? `\n${failures.join('\n')}` : '';
  throw new StartFailure(
    `nats-server was not found, and could not be installed from here.${why}`,
    installAdvice(),
  );
}

/** The commands to try in turn; the package lists of a fresh machine are empty, so they are fetched between two tries. */
function installSteps(): [string, ...string[]][] {
  if (process.platform === 'darwin')
    return findOnPath('brew') === null ? [] : [['brew', 'install', 'nats-server']];
  if (process.getuid?.() !== 0 || findOnPath('apt-get') === null) return [];
  const wait = ['-o', 'DPkg::Lock::Timeout=120'];
  const get: [string, ...string[]] = [
    'apt-get',
    ...wait,
    'install',
    '-y',
    '--no-install-recommends',
    'nats-server',
  ];
  return [get, ['apt-get', ...wait, 'update'], get];
}

function installAdvice(): string {
  const otherwise = 'or set NATS_URL to a NATS server with JetStream.';
  if (process.platform === 'darwin')
    return `Run \`brew install nats-server\` (Homebrew: https://brew.sh), ${otherwise}`;
  if (findOnPath('apt-get') !== null)
    return `Run \`sudo apt-get update && sudo apt-get install -y nats-server\`, ${otherwise}`;
  return `Put nats-server from https://github.com/nats-io/nats-server/releases on the PATH, ${otherwise}`;
}

export function isNewEnough(versionLine: string): boolean {
  const numbers = /v?(\d+)\.(\d+)\.(\d+)/.exec(versionLine)?.slice(1).map(Number) ?? [];
  for (const [index, oldest] of OLDEST_NATS.entries()) {
    const number = numbers[index] ?? -1;
    if (number !== oldest) return number > oldest;
  }
  return true;
}

function findOnPath(name: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter).filter(Boolean), ...USUAL_FOLDERS];
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
