import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { serviceNames } from '../../../libs/contracts/src/index.js';
import { projectRoot } from '../../../tools/dev/system/project-root.js';
import { keptSecrets } from '../../../tools/dev/system/kept-secrets.js';
import { freePort } from '../../../tools/dev/system/ports.js';
import { localDatabaseUrl, postgresAnswers } from '../../../tools/dev/system/postgres.js';
import { dataFolder } from '../../../tools/dev/system/postgres-data.js';
import { isAlive } from '../../../tools/dev/system/process-table.js';
import { eventually, NpmStart } from '../../support/npm-start.js';

/** Ends what hangs: an orderly end takes some seconds, on a busy machine more. */
const STOP_MS = 60_000;
const TEST_MS = 300_000;

describe('npm start', () => {
  // 0700, as root's home is: the user that PostgreSQL runs as can't enter it.
  const dataDir = mkdtempSync(join(tmpdir(), 'waystop-start-'));
  let port = 0;
  let running: NpmStart;

  const isReady = () => isReadyAt(port);
  const start = async (): Promise<void> => {
    running = new NpmStart({ PORT: String(port), DATA_DIR: dataDir });
    await running.printed('Ctrl-C');
  };
  const stop = async (): Promise<number> => {
    const began = Date.now();
    running.interrupt();
    await running.ended();
    return Date.now() - began;
  };

  beforeAll(async () => {
    port = await freePort();
    await start();
  }, TEST_MS);

  afterAll(async () => {
    if (!running.hasEnded) await stop();
    if (dataFolder(dataDir).includes('waystop'))
      rmSync(dataFolder(dataDir), { recursive: true, force: true });
    rmSync(dataDir, { recursive: true, force: true });
  }, TEST_MS);

  it('prints one block that says where everything is, once all of it is ready', async () => {
    expect(await isReady()).toBe(true);
    const { adminKey, organizerKey } = keptSecrets(dataDir);
    for (const text of [
      `http://127.0.0.1:${port}/v1`,
      `http://127.0.0.1:${port}/docs`,
      adminKey,
      organizerKey,
    ]) {
      expect(running.output).toContain(text);
    }
  });

  it('prints a health address for each of the five services, and they answer', async () => {
    const urls = [...running.output.matchAll(/(accounts|stops|registrations|sessions|gateway) +(http:\S+)/g)];
    expect(urls.map(([, name]) => name)).toEqual([
      'accounts',
      'stops',
      'registrations',
      'sessions',
      'gateway',
    ]);
    for (const [, , url] of urls) expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });

  it('prints a link that signs one browser in as the organizer, once, and another on demand', async () => {
    const signIn = async (link: string | undefined) => {
      const response = await fetch(`http://127.0.0.1:${port}/v1/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ link }),
      });
      const { role, user } = (await response.json()) as { role?: string; user?: null };
      return [response.status, role, user, response.headers.getSetCookie()[0]?.replace(/=[\w-]{43};.*/, '')];
    };
    const linkIn = (text: string) => /http:\/\/127\.0\.0\.1:\d+\/sign-in#[\w-]{43}/.exec(text)?.[0];
    const printed = linkIn(running.output);
    expect(await signIn(printed)).toEqual([200, 'organizer', null, 'waystop']);
    expect((await signIn(printed))[0]).toBe(401);
    const args = [join(projectRoot, 'tools', 'run.js'), 'sign-in-link', 'organizer'];
    const env = { ...process.env, DATA_DIR: dataDir, PORT: String(port), DATABASE_URL: '' };
    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
    expect(linkIn(stdout)).toContain(`:${port}/`);
    expect(await signIn(linkIn(stdout))).toEqual([200, 'organizer', null, 'waystop']);
    expect(spawnSync(process.execPath, [...args, 'more'], { encoding: 'utf8', env }).status).toBe(2);
  });

  it('keeps its secrets from other users', () => {
    expect(statSync(join(dataDir, 'secrets.json')).mode & 0o077).toBe(0);
  });

  it('refuses to run twice on one folder, and leaves the first one alone', async () => {
    const second = new NpmStart({ PORT: String(await freePort()), DATA_DIR: dataDir });
    expect(await second.ended()).toBe(1);
    expect(second.output).toMatch(/already runs Waystop on .*\n.*DATA_DIR/);
    expect(await isReady()).toBe(true);
  });

  it.each([
    ['a service', () => processes(`apps/stops/main.js`, parentOf(dataDir))],
    ['nats-server', () => processes(`nats-server --config ${dataDir}`)],
    ['postgres', () => processes(`bin/postgres -D ${dataFolder(dataDir)}`)],
  ])(
    'starts %s again when it was killed',
    async (_, find) => {
      const [before] = find();
      expect(before).toBeDefined();
      process.kill(before ?? NaN, 'SIGKILL');
      await eventually('another process', () => find().some((pid) => pid !== before));
      await eventually('the system to be ready again', isReady);
    },
    TEST_MS,
  );

  it(
    'heals a supervisor that was killed: the next start takes over its servers and data, and builds nothing again',
    async () => {
      await query('create table kept (word text)', "insert into kept values ('still here')");
      const supervisor = parentOf(dataDir) ?? NaN;
      const services = processes('/main.js', supervisor);
      expect(services).toHaveLength(serviceNames.length);
      process.kill(supervisor, 'SIGKILL');
      await running.ended();
      await eventually('the services to end', () => !services.some(isAlive));
      await start();
      // How long that takes depends on what else the machine does; what it must not do is the slow part again.
      expect(running.output).not.toMatch(/Installing|Building/);
      expect(processes(`bin/postgres -D ${dataFolder(dataDir)}`)).toHaveLength(1);
      expect(processes(`nats-server --config ${dataDir}`)).toHaveLength(1);
      expect(await query('select word from kept')).toEqual([{ word: 'still here' }]);
    },
    TEST_MS,
  );

  it.each<NodeJS.Signals>(['SIGTERM', 'SIGKILL'])(
    'ends everything when npm alone gets %s',
    async (signal) => {
      const services = processes('/main.js', parentOf(dataDir));
      expect(services).toHaveLength(serviceNames.length);
      running.kill(signal);
      const isLeft = () => [...processes(dataDir), ...processes(dataFolder(dataDir))].length > 0;
      await eventually('all processes to end', () => !isLeft() && !services.some(isAlive), STOP_MS);
      await start();
    },
    TEST_MS,
  );

  it(
    'ends in order at Ctrl-C, and leaves nothing behind',
    async () => {
      expect(await stop()).toBeLessThan(STOP_MS);
      expect([...processes(dataDir), ...processes(dataFolder(dataDir))]).toEqual([]);
    },
    TEST_MS,
  );

  async function query(...statements: string[]): Promise<unknown[]> {
    const address = /PostgreSQL +127\.0\.0\.1:(\d+)/.exec(running.output)?.[1];
    const url = localDatabaseUrl(Number(address), keptSecrets(dataDir).databasePassword);
    // After a crash it may still be recovering while the gateway's view of it is a moment old.
    await postgresAnswers(url, new AbortController().signal);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      let rows: unknown[] = [];
      for (const statement of statements) rows = (await client.query<object>(statement)).rows;
      return rows;
    } finally {
      await client.end();
    }
  }
});

describe('npm start with something wrong', () => {
  const folder = mkdtempSync(join(tmpdir(), 'waystop-start-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(
    'names every wrong setting at once and ends with code 1',
    async () => {
      const file = join(folder, 'file');
      writeFileSync(file, '');
      const wrong = {
        PORT: '80000',
        DATA_DIR: file,
        DATABASE_URL: 'mysql://h/d',
        NATS_URL: 'h:4222',
        LOG_LEVEL: 'loud',
      };
      const keys = { ADMIN_KEY: 'short', ORGANIZER_KEY: 'with space'.repeat(4), RATE_LIMIT_PER_MINUTE: '-1' };
      const failed = new NpmStart({ ...wrong, ...keys });
      expect(await failed.ended()).toBe(1);
      for (const name of Object.keys({ ...wrong, ...keys }))
        expect(failed.output).toMatch(new RegExp(`^  ${name} `, 'm'));
      expect(failed.output).toContain('8 settings are wrong');
    },
    TEST_MS,
  );

  it(
    'names both servers that do not answer, and leaves nothing running',
    async () => {
      const [database, broker] = [await freePort(), await freePort()];
      const addresses = {
        DATABASE_URL: `postgres://u:p@127.0.0.1:${database}/d`,
        NATS_URL: `nats://127.0.0.1:${broker}`,
      };
      const dataDir = join(folder, 'unreachable');
      const failed = new NpmStart({ PORT: String(await freePort()), DATA_DIR: dataDir, ...addresses });
      expect(await failed.ended()).toBe(1);
      for (const text of [`127.0.0.1:${database}`, 'DATABASE_URL', `127.0.0.1:${broker}`, 'NATS_URL']) {
        expect(failed.output).toContain(text);
      }
      expect(processes(dataDir)).toEqual([]);
    },
    TEST_MS,
  );
});

/** The living processes whose command line holds the text, of one parent where that is given. */
function processes(text: string, parent?: number): number[] {
  const args = parent === undefined ? ['-f', '--', text] : ['-P', String(parent), '-f', '--', text];
  return spawnSync('pgrep', args, { encoding: 'utf8' }).stdout.split('\n').filter(Boolean).map(Number);
}

/** The process that runs the system on this folder. */
function parentOf(dataDir: string): number | undefined {
  const file = join(dataDir, 'supervisor.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split(' ')[0]) : undefined;
}

async function isReadyAt(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/health/ready`)).status === 200;
  } catch {
    return false;
  }
}
