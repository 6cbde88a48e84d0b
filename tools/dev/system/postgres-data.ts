import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { canEnter, type Account } from './postgres-account.js';
import { SHARED_FOLDER, type PostgresBinaries } from './postgres-binaries.js';
import { commandOf, endsWithin, isAlive, signal } from './process-table.js';
import { runToEnd } from './run-to-end.js';
import { adviceFor, StartFailure } from './start-failure.js';

export const SUPERUSER = 'waystop';
const ORPHAN_BUDGET_MS = 10_000;

/**
 * Where the data of this DATA_DIR are. They lie in it, unless the account can't enter it: then they lie in a shared
 * folder under a random name that only DATA_DIR knows, so that after DATA_DIR is deleted its old data never comes back.
 */
export function dataFolder(dataDir: string): string {
  const pointer = pointerFile(dataDir);
  return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : join(dataDir, 'postgres');
}

export function pointerFile(dataDir: string): string {
  return join(dataDir, 'postgres-data-folder');
}

/** Decides on the place of new data, and checks that the account still reaches the old ones. */
export function reachableDataFolder(dataDir: string, account: Account | null): string {
  const data = dataFolder(dataDir);
  if (existsSync(data)) {
    if (canEnter(account, data)) return data;
    throw new StartFailure(
      `PostgreSQL can't enter its data folder ${data}.`,
      'Start Waystop as the user who started it first, or give that user the right to enter every folder above (chmod o+x).',
    );
  }
  if (account === null || canEnter(account, dataDir)) return join(dataDir, 'postgres');
  const elsewhere = join(SHARED_FOLDER, `data-${randomBytes(8).toString('hex')}`);
  mkdirSync(SHARED_FOLDER, { recursive: true });
  chmodSync(SHARED_FOLDER, 0o755);
  writeFileSync(pointerFile(dataDir), `${elsewhere}\n`);
  return elsewhere;
}

/** Makes the database cluster if there is none. It grows under another name, so that a half-made one is never used. */
export async function initialise(cluster: {
  binaries: PostgresBinaries;
  data: string;
  account: Account | null;
  password: string;
  durable: boolean;
  abort: AbortSignal;
}): Promise<void> {
  const { binaries, data, account, durable, abort } = cluster;
  if (existsSync(data)) return;
  const partial = `${data}.partial`;
  const passwordFile = `${partial}.password`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { mode: 0o700 });
  writeFileSync(passwordFile, cluster.password, { mode: 0o600 });
  if (account !== null) for (const path of [partial, passwordFile]) chownSync(path, account.uid, account.gid);
  const args = ['-D', partial, '-U', SUPERUSER, '-E', 'UTF8', '--locale=C', '--auth=scram-sha-256'];
  args.push(`--pwfile=${passwordFile}`, ...(durable ? [] : ['--no-sync']));
  try {
    const options = { cwd: partial, env: postgresEnv(), signal: abort, ...account };
    await runToEnd(join(binaries.home, 'bin', 'initdb'), args, options);
    renameSync(partial, data);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw asFailure(error, data);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** Only what PostgreSQL needs: no setting of the caller and no key gets into its environment. */
export function postgresEnv(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

function asFailure(error: unknown, data: string): StartFailure {
  const text = error instanceof Error ? error.message : String(error);
  const advice = adviceFor(
    text,
    'See the message above, or set DATABASE_URL to a PostgreSQL server of your own.',
  );
  return new StartFailure(`The database could not be made in ${data}.\n${text}`, advice);
}

/** Stops a server that an earlier, killed supervisor left on these data, and clears a lock that belongs to nobody. */
export async function stopOrphan(data: string): Promise<void> {
  const lock = join(data, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return;
  // The id may have gone to another process meanwhile: PostgreSQL would then refuse to start for nothing.
  if (!commandOf(pid).includes(data)) return rmSync(lock, { force: true });
  signal(pid, 'SIGINT');
  if (await endsWithin(pid, ORPHAN_BUDGET_MS)) return;
  signal(pid, 'SIGQUIT');
  await endsWithin(pid, ORPHAN_BUDGET_MS);
}
