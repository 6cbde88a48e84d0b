import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Broker } from '../../libs/messaging/src/index.js';
import { ApiClient } from '../support/client.js';
import { World } from './scenario.js';

const testMs = 300_000;
let world: World;
let stopIds: string[];

beforeAll(async () => {
  world = await World.start();
  stopIds = await world.stops(2, 40);
}, 120_000);
afterAll(() => world?.stop(), 60_000);

it(
  'goes on after the broker was gone for a minute, and refuses quickly meanwhile',
  async () => {
    const load = world.load(stopIds);
    const took: number[] = [];
    const wrong = await world.survive('nats-server gone for 60 s', load, async () => {
      await world.system.halt('nats');
      // What was under way has its 3 s; from then on nobody waits for a deadline.
      await sleep(3_500);
      const until = Date.now() + 56_000;
      while (Date.now() < until) {
        const began = performance.now();
        const { status, headers } = await new ApiClient(world.system.url, world.system.organizerKey).get(
          '/v1/tours',
        );
        took.push(performance.now() - began);
        expect([status, headers.get('retry-after')]).toEqual([503, '1']);
        await sleep(100);
      }
      world.system.resume('nats');
      return `meanwhile 503 after ${Math.round(median(took))} ms, at most ${Math.round(Math.max(...took))} ms`;
    });
    expect(wrong).toEqual([]);
    expect(median(took)).toBeLessThan(50);
  },
  testMs,
);

it(
  'fills a stream again that was deleted',
  async () => {
    const operator = await Broker.connect({
      url: world.system.natsUrl,
      name: 'operator',
      nkeySeed: world.system.natsSeed,
    });
    const load = world.load(stopIds);
    const wrong = await world.survive('the stream is deleted', load, async () => {
      await (await operator.streams()).streams.delete('events');
    });
    await operator.drain();
    expect(wrong).toEqual([]);
  },
  testMs,
);

it(
  'fills a store again that was wiped',
  async () => {
    const load = world.load(stopIds);
    const wrong = await world.survive("the broker's store is wiped", load, async () => {
      await world.system.halt('nats');
      const store = join(world.system.dataDir, 'nats');
      for (const name of readdirSync(store)) rmSync(join(store, name), { recursive: true });
      world.system.resume('nats');
    });
    expect(wrong).toEqual([]);
  },
  testMs,
);

it(
  'registers at full speed while a consumer stands still',
  async () => {
    const load = world.load(stopIds);
    const wrong = await world.survive('a consumer ten times slower and more', load, async () => {
      const holder = await world.databases.connect('sessions');
      for (let turn = 0; turn < 3; turn += 1) {
        await holder.query('BEGIN');
        await holder.query('LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE');
        await load.more(30);
        await holder.query('ROLLBACK');
        await sleep(200);
      }
      holder.release();
    });
    expect(wrong).toEqual([]);
    expect(load.refusalsMs).toEqual([]);
  },
  testMs,
);

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
