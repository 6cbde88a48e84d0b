import { accessSync, constants, existsSync, statSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { passed, failed, type Finding } from '#service';
import { keptSecrets, secretsFile } from '../../dev/system/kept-secrets.js';
import { installedNats } from '../../dev/system/nats-install.js';
import { portProblem } from '../../dev/system/ports.js';
import { installedBinaries } from '../../dev/system/postgres-binaries.js';
import type { Settings } from '../../dev/system/settings.js';
import { StartFailure } from '../../dev/system/start-failure.js';
import { holderOf } from './port-holder.js';

/** Less than this is soon full: PostgreSQL alone keeps a gigabyte of its log. */
const leastFreeBytes = 2 * 1024 ** 3;

/** What a start on this machine rests on, besides the servers. */
export async function machineFindings(settings: Settings, isRunning: boolean): Promise<Finding[]> {
  const { dataDir, port } = settings;
  return [
    folder(dataDir),
    disk(dataDir),
    secrets(dataDir),
    await publicPort(port, isRunning),
    ...(settings.natsUrl === null ? [await natsServer()] : []),
    ...(settings.databaseUrl === null ? [postgres()] : []),
  ];
}

/** The folder itself, or the one it will be made in. */
function nearest(path: string): string {
  return existsSync(path) ? path : nearest(dirname(path));
}

export function folder(dataDir: string): Finding {
  const present = nearest(dataDir);
  const advice = 'Set DATA_DIR to a folder that can be written, or unset it for .data.';
  if (!statSync(present).isDirectory()) return failed('data folder', `${present} is not a folder`, advice);
  try {
    accessSync(present, constants.R_OK | constants.W_OK | constants.X_OK);
    return passed('data folder', present === dataDir ? dataDir : `${dataDir}, made at the first start`);
  } catch {
    return failed('data folder', `${present} can't be written`, advice);
  }
}

export function disk(dataDir: string): Finding {
  const { bavail, bsize } = statfsSync(nearest(dataDir));
  const free = bavail * bsize;
  const found = `${(free / 1024 ** 3).toFixed(1)} GiB are free`;
  if (free >= leastFreeBytes) return passed('disk', found);
  return failed('disk', found, 'Free some space, or set DATA_DIR to a folder on a larger disk.');
}

function secrets(dataDir: string): Finding {
  const file = secretsFile(dataDir);
  if (!existsSync(file)) return passed('secrets', 'made at the first start');
  const mode = statSync(file).mode & 0o777;
  if ((mode & 0o077) !== 0)
    return failed('secrets', `${file} has mode ${mode.toString(8)}: others can read it`, `chmod 600 ${file}`);
  return kept(dataDir, file);
}

function kept(dataDir: string, file: string): Finding {
  try {
    keptSecrets(dataDir);
    return passed('secrets', `${file}, for its owner alone`);
  } catch (error) {
    return failure('secrets', error);
  }
}

async function publicPort(port: number, isRunning: boolean): Promise<Finding> {
  const what = `port ${port}`;
  const problem = await portProblem(port);
  if (isRunning) return systemAnswers(what, port);
  if (problem === null) return passed(what, 'free');
  if (problem !== 'EADDRINUSE')
    return failed(what, `can't be listened on (${problem})`, 'Set PORT to another one.');
  const holder = holderOf(port);
  const whose = holder === undefined ? 'another program' : `process ${holder.pid} (${holder.command})`;
  return failed(what, `taken by ${whose}`, 'Stop it, or set PORT to another one.');
}

async function systemAnswers(what: string, port: number): Promise<Finding> {
  const ready = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(5_000) })
    .then(async (answer) => ({ ok: answer.ok, text: await answer.text() }))
    .catch((error: unknown) => ({ ok: false, text: error instanceof Error ? error.message : String(error) }));
  if (ready.ok) return passed(what, 'the system answers as ready');
  return failed(
    what,
    `the system that runs on this data folder is not ready: ${ready.text}`,
    'See what is wrong below; if it was started with another PORT, set that.',
  );
}

async function natsServer(): Promise<Finding> {
  try {
    const found = await installedNats();
    if (found !== null) return passed('nats-server', found);
    return passed('nats-server', 'not on PATH: npm start installs it, where this user may');
  } catch (error) {
    return failure('nats-server', error);
  }
}

function postgres(): Finding {
  try {
    return passed('PostgreSQL', `${installedBinaries().version} from node_modules`);
  } catch (error) {
    return failure('PostgreSQL', error);
  }
}

function failure(what: string, error: unknown): Finding {
  if (error instanceof StartFailure) return failed(what, error.what, error.whatToDo);
  throw error;
}
