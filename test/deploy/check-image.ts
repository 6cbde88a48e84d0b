import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseServiceNames } from '#contracts';
import { freePort } from '../../tools/dev/system/ports.js';
import { projectRoot } from '../../tools/dev/system/project-root.js';
import { buildStages } from './staged-build.js';
import { services } from './container-settings.js';

const isRoot = process.getuid?.() === 0;
const healthyWithinMs = 10_000;
const endsWithinMs = 8_000;

/**
 * `npm run check:image`: builds what the image holds, and starts it as the image would, without a Docker engine.
 * It fetches the packages twice, so it is not among the tests.
 */
export async function checkImage(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'waystop-image-'));
  chmodSync(folder, 0o755);
  try {
    const { root, workdir, stage } = buildStages(
      readFileSync(join(projectRoot, 'Dockerfile'), 'utf8'),
      folder,
    );
    const [node = '', ...entry] = JSON.parse(
      stage.steps.find((step) => step.word === 'ENTRYPOINT')?.text ?? '[]',
    ) as string[];
    if (node !== 'node') throw new Error('The entry point is not Node.');
    await checkAll({ cwd: join(root, workdir), entry });
    console.log(`The image's content builds and starts, on Node ${process.versions.node}.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Image {
  cwd: string;
  entry: string[];
}

async function checkAll(image: Image): Promise<void> {
  expect('help succeeds', runToEnd(image, ['help']).status === 0);
  expect('an unknown command fails', runToEnd(image, ['no-such-thing']).status === 64);
  for (const name of services) {
    const { status, stderr } = runToEnd(image, [name]);
    expect(
      `${name} loads, and names the settings it lacks`,
      status === 1 && stderr.includes(name === 'web' ? 'API_URL' : 'NATS_URL'),
    );
  }
  for (const name of databaseServiceNames) {
    const { status, stderr } = runToEnd(image, ['migrate', name]);
    expect(
      `migrate ${name} loads, and names the setting it lacks`,
      status === 1 && stderr.includes('DATABASE_URL'),
    );
  }
  for (const name of ['gateway', 'stops']) await checkLife(image, name);
}

/** Alive without the other services, and gone at the first signal: nothing swallows it on its way to Node. */
async function checkLife(image: Image, name: string): Promise<void> {
  const env = {
    NATS_URL: 'nats://127.0.0.1:1',
    DATABASE_URL: `postgres://${name}:x@127.0.0.1:1/${name}`,
    HEALTH_PORT: String(await freePort()),
    PORT: String(await freePort()),
  };
  const child = start(image, [name], env);
  const ended = once(child, 'exit') as Promise<[number | null]>;
  try {
    expect(`${name} is alive`, await becomesAlive(image, env));
    expect(`${name} is not ready`, runToEnd(image, ['health', 'ready'], env).status === 1);
    child.kill('SIGTERM');
    const [code] = await Promise.race([ended, sleep(endsWithinMs).then((): [number] => [-1])]);
    expect(`${name} ends at the signal`, code === 0 || code === 143);
  } finally {
    child.kill('SIGKILL');
  }
}

async function becomesAlive(image: Image, env: Record<string, string>): Promise<boolean> {
  const deadline = Date.now() + healthyWithinMs;
  while (Date.now() < deadline) {
    if (runToEnd(image, ['health', 'live'], env).status === 0) return true;
    await sleep(200);
  }
  return false;
}

/** As another user, who may write nowhere in it, where this one may become another. */
function options({ cwd }: Image, env: Record<string, string>) {
  return { cwd, env: { NODE_ENV: 'production', ...env }, ...(isRoot ? { uid: 10_001, gid: 10_001 } : {}) };
}

function runToEnd(image: Image, args: string[], env: Record<string, string> = {}) {
  return spawnSync(process.execPath, [...image.entry, ...args], {
    ...options(image, env),
    encoding: 'utf8',
    timeout: 20_000,
  });
}

function start(image: Image, args: string[], env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [...image.entry, ...args], { ...options(image, env), stdio: 'ignore' });
}

function expect(what: string, holds: boolean): void {
  if (!holds) throw new Error(`It does not hold that ${what}.`);
  console.log(`  ${what}`);
}
