import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { natsAnswers } from '../../tools/dev/system/nats.js';
import { freePort } from '../../tools/dev/system/ports.js';
import { eventually } from '../support/npm-start.js';
import { World } from './scenario.js';

const testMs = 300_000;
const folder = mkdtempSync(join(tmpdir(), 'waystop-cluster-'));
const brokers: ChildProcess[] = [];
let ports: number[];
let world: World;

beforeAll(async () => {
  ports = [await freePort(), await freePort(), await freePort()];
  const routes = [await freePort(), await freePort(), await freePort()];
  for (const [index, port] of ports.entries()) {
    const all = routes.map((route) => `"nats://127.0.0.1:${route}"`).join(', ');
    writeFileSync(
      configOf(index),
      `server_name: broker-${index}
       listen: "127.0.0.1:${port}"
       max_payload: 4MB
       jetstream { store_dir: ${JSON.stringify(join(folder, `store-${index}`))} }
       cluster { name: waystop, listen: "127.0.0.1:${routes[index]}", routes: [${all}] }`,
    );
    startBroker(index);
  }
  await Promise.all(urls().map((url) => natsAnswers(url, AbortSignal.timeout(20_000))));
  world = await World.start({ natsUrl: urls().join(','), env: { STREAM_REPLICAS: '3' } });
}, 120_000);

afterAll(async () => {
  await world?.stop();
  for (const broker of brokers) broker.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const urls = () => ports.map((port) => `nats://127.0.0.1:${port}`);
const configOf = (index: number) => join(folder, `broker-${index}.conf`);

function startBroker(index: number): void {
  const child = spawn('nats-server', ['--config', configOf(index)], { stdio: 'ignore' });
  process.once('exit', () => child.kill('SIGKILL'));
  brokers[index] = child;
}

async function killBroker(index: number): Promise<void> {
  const ended = once(brokers[index] as ChildProcess, 'exit');
  brokers[index]?.kill('SIGKILL');
  await ended;
}

const waitingEvents = async () =>
  (await world.databases.rows('registrations', 'SELECT 1 FROM outbox_queue')).length;

it(
  'registers while two of three brokers are away, and publishes the events when one is back',
  async () => {
    const stopIds = await world.stops(2, 40);
    const load = world.load(stopIds);
    const wrong = await world.survive('three brokers, two of them killed', load, async () => {
      await killBroker(0);
      await load.more(20);
      await killBroker(1);
      const before = load.acknowledged.length;
      await load.more(20);
      await eventually('events to wait for a majority', async () => (await waitingEvents()) > 0);
      const meanwhile = load.acknowledged.length - before;
      startBroker(0);
      startBroker(1);
      return `${meanwhile} registered meanwhile`;
    });
    expect(wrong).toEqual([]);
  },
  testMs,
);
