import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { makeTestFolder, removeTestFolder, sweepTestFolders } from './test-folder.js';
import { natsAnswers, planNats } from './nats.js';
import { freePort } from './ports.js';
import { localDatabaseUrl, planPostgres, postgresAnswers } from './postgres.js';
import { projectRoot } from './project-root.js';
import { SharedSystem } from './shared-system.js';
import { StartFailure } from './start-failure.js';
import { Supervisor } from './supervisor.js';

const STOP_MS = 3_000;

/** Runs Jest beside one PostgreSQL, one nats-server and, once it is asked for, one whole system of its own; returns Jest's exit code. */
export async function npmTest(jestArgs: readonly string[]): Promise<number> {
  await sweepTestFolders();
  const folder = makeTestFolder();
  const abort = new AbortController();
  const supervisor = new Supervisor(console.error, (failure) => abort.abort(failure));
  const shared = new SharedSystem();
  // Jest is in this process's group and gets Ctrl-C itself; this process waits for it and then cleans up.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => undefined);
  try {
    const env = await startServers(folder, supervisor, abort.signal);
    supervisor.started();
    return await runJest(jestArgs, { ...env, TEST_SYSTEM_URL: await shared.listen() });
  } catch (error) {
    const reason: unknown = abort.signal.aborted ? abort.signal.reason : error;
    console.error(reason instanceof StartFailure ? reason.message : reason);
    return 1;
  } finally {
    await shared.stop();
    await supervisor.stop(supervisor.names(), STOP_MS);
    removeTestFolder(folder);
  }
}

/** PostgreSQL runs without fsync here: these tests are about rules and messages, and none of them cuts the power. */
async function startServers(
  dataDir: string,
  supervisor: Supervisor,
  abort: AbortSignal,
): Promise<NodeJS.ProcessEnv> {
  const password = randomBytes(24).toString('hex');
  const [databasePort, natsPort] = [await freePort(), await freePort()];
  const databaseUrl = localDatabaseUrl(databasePort, password);
  const natsUrl = `nats://127.0.0.1:${natsPort}`;
  const postgres = planPostgres({ dataDir, port: databasePort, password, durable: false, abort }).then(
    (plan) => {
      supervisor.run(plan);
      return postgresAnswers(databaseUrl, abort);
    },
  );
  const nats = planNats({ dataDir, port: natsPort, seeds: null, notice: console.error, abort }).then(
    (plan) => {
      supervisor.run(plan);
      return natsAnswers(natsUrl, abort);
    },
  );
  await Promise.all([postgres, nats]);
  return { TEST_DATABASE_URL: databaseUrl, TEST_NATS_URL: natsUrl };
}

function runJest(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const jest = join(projectRoot, 'node_modules', 'jest', 'bin', 'jest.js');
  const workers = args.includes('--runInBand') ? [] : ['--maxWorkers=3'];
  const nodeArgs = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...nodeArgs, jest, ...workers, ...args], {
      cwd: projectRoot,
      env: { ...process.env, ...env },
      stdio: 'inherit',
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
