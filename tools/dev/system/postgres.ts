import { join } from 'node:path';
import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLog } from './log-file.js';
import { canRun, serverAccount } from './postgres-account.js';
import { installedBinaries, sharedCopy } from './postgres-binaries.js';
import {
  dataFolder,
  initialise,
  postgresEnv,
  reachableDataFolder,
  stopOrphan,
  SUPERUSER,
} from './postgres-data.js';
import { StartFailure } from './start-failure.js';
import type { ProcessPlan } from './supervised-process.js';

const MAX_CONNECTIONS = 200;
const CONNECT_TIMEOUT_MS = 2_000;
/** Recovery after a crash may have much to replay, so this is patient. */
const READY_WITHIN_MS = 120_000;
/** A server that is not ours and does not answer gets this long: it may be starting beside us. */
export const FOREIGN_SERVER_WITHIN_MS = 8_000;

export interface PostgresOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly password: string;
  /** False only for tests: then a power cut may cost the data, and everything is quicker. */
  readonly durable: boolean;
  readonly abort: AbortSignal;
}

/** Makes the data folder ready and says how to run the server on it. */
export async function planPostgres(options: PostgresOptions): Promise<ProcessPlan> {
  const { dataDir, port, durable } = options;
  const account = serverAccount(dataFolder(dataDir));
  const installed = installedBinaries();
  const binaries = canRun(account, installed.home) ? installed : await sharedCopy(installed);
  const data = reachableDataFolder(dataDir, account);
  await stopOrphan(data);
  await initialise({ ...options, binaries, data, account });
  return {
    name: 'postgres',
    command: join(binaries.home, 'bin', 'postgres'),
    args: ['-D', data, ...serverSettings(port, durable)],
    cwd: data,
    env: postgresEnv(),
    account,
    channel: false,
    logFile: openLog(join(dataDir, 'logs', 'postgres.log')),
    // SIGINT is a fast shutdown, SIGQUIT an immediate one that the next start recovers from.
    stopSignals: ['SIGINT', 'SIGQUIT', 'SIGKILL'],
  };
}

function serverSettings(port: number, durable: boolean): string[] {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: MAX_CONNECTIONS,
    timezone: 'UTC',
    log_timezone: 'UTC',
    fsync: durable ? 'on' : 'off',
    ...(durable ? {} : { synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

export function localDatabaseUrl(port: number, password: string): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;
}

/** Waits until the server takes a query. Wrong credentials end the wait at once: time does not mend them. */
export async function postgresAnswers(
  url: string,
  abort: AbortSignal,
  withinMs = READY_WITHIN_MS,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const problem = await connectionProblem(url);
    if (problem === null) return;
    abort.throwIfAborted();
    if (isRefusal(problem)) throw refused(problem);
    if (Date.now() > deadline) throw unreachable(url, problem);
    await sleep(50);
  }
}

async function connectionProblem(url: string): Promise<NodeJS.ErrnoException | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  // The server may go away between two queries; that is seen by the next query, and must not end this process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** SQLSTATE class 28 is about who asks, 3D000 about a database that does not exist. */
function isRefusal(problem: NodeJS.ErrnoException): boolean {
  return /^28|^3D000$/.test(problem.code ?? '');
}

function refused(problem: Error): StartFailure {
  return new StartFailure(
    `PostgreSQL refused the connection: ${problem.message}.`,
    'Correct user, password and database in DATABASE_URL. If it is unset, secrets.json in DATA_DIR does not belong to the data: restore it, or set DATA_DIR to a new folder.',
  );
}

function unreachable(url: string, problem: NodeJS.ErrnoException): StartFailure {
  const { hostname, port } = new URL(url);
  return new StartFailure(
    `PostgreSQL at ${hostname}:${port || 5432} does not answer: ${problem.code ?? problem.message}.`,
    'Start that server, correct DATABASE_URL, or unset it and PostgreSQL is started here.',
  );
}
