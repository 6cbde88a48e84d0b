import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { authorizationBlock, publicKeyOf } from '#messaging';
import { OPERATOR, type KeptSecrets } from './kept-secrets.js';
import { openLog } from './log-file.js';
import { natsServerCommand } from './nats-install.js';
import { commandOf, endsWithin, signal } from './process-table.js';
import { StartFailure } from './start-failure.js';
import type { ProcessPlan } from './supervised-process.js';

const READY_WITHIN_MS = 30_000;
const CONNECT_TIMEOUT_MS = 1_000;
const ORPHAN_BUDGET_MS = 5_000;

export interface NatsOptions {
  readonly dataDir: string;
  readonly port: number;
  /** Who may connect and do what; null, for tests of single parts, lets everybody do everything. */
  readonly seeds: KeptSecrets['natsSeeds'] | null;
  readonly notice: (line: string) => void;
  readonly abort: AbortSignal;
}

/** Writes the server's configuration and says how to run it. */
export async function planNats({ dataDir, port, seeds, notice, abort }: NatsOptions): Promise<ProcessPlan> {
  const config = join(dataDir, 'nats-server.conf');
  const pidFile = join(dataDir, 'nats-server.pid');
  const command = await natsServerCommand(notice, abort);
  await stopOrphan(pidFile, config);
  mkdirSync(join(dataDir, 'nats'), { recursive: true, mode: 0o700 });
  writeFileSync(config, configuration({ port, pidFile, store: join(dataDir, 'nats'), seeds }));
  return {
    name: 'nats',
    command,
    args: ['--config', config],
    cwd: dataDir,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    channel: false,
    logFile: openLog(join(dataDir, 'logs', 'nats.log')),
    stopSignals: ['SIGTERM', 'SIGKILL'],
  };
}

/** Only words that 2.9.10 knows; newer servers know them too. */
export function configuration({
  port,
  pidFile,
  store,
  seeds,
}: {
  port: number;
  pidFile: string;
  store: string;
  seeds: NatsOptions['seeds'];
}): string {
  return [
    `listen: "127.0.0.1:${port}"`,
    `pid_file: ${JSON.stringify(pidFile)}`,
    'max_payload: 4MB',
    `jetstream { store_dir: ${JSON.stringify(store)} }`,
    seeds === null
      ? ''
      : authorizationBlock((user) => publicKeyOf(seeds[user]), publicKeyOf(seeds[OPERATOR])),
  ].join('\n');
}

/** Stops a server that an earlier, killed supervisor left running with this configuration. */
async function stopOrphan(pidFile: string, config: string): Promise<void> {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  if (!Number.isInteger(pid) || pid <= 1 || !commandOf(pid).includes(config)) return;
  signal(pid, 'SIGTERM');
  if (await endsWithin(pid, ORPHAN_BUDGET_MS)) return;
  signal(pid, 'SIGKILL');
  await endsWithin(pid, ORPHAN_BUDGET_MS);
}

/** Waits until one of the servers in the URL (several are parted by commas) greets with its INFO line. */
export async function natsAnswers(
  urls: string,
  abort: AbortSignal,
  withinMs = READY_WITHIN_MS,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    for (const url of urls.split(',')) if (await greets(new URL(url))) return;
    abort.throwIfAborted();
    if (Date.now() > deadline) {
      throw new StartFailure(
        `No NATS server answers at ${urls
          .split(',')
          .map((url) => new URL(url).host)
          .join(', ')}.`,
        'Start that server, correct NATS_URL, or unset it and nats-server is started here.',
      );
    }
    await sleep(50);
  }
}

function greets({ hostname, port }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 4222) });
    const finish = (greeted: boolean): void => {
      socket.destroy();
      resolve(greeted);
    };
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => finish(false));
    socket.once('error', () => finish(false));
    socket.once('data', (chunk) => finish(chunk.toString().startsWith('INFO ')));
  });
}
