import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ApiClient, delegates, signUpCompany } from '../support/client.js';
import { World } from './world.js';

const testMs = 180_000;
/** More than one process of registrations lets wait. */
const waitingRequests = 2_200;
const probes = 40;

let world: World;
let stopIds: string[];

beforeAll(async () => {
  world = await World.start();
  stopIds = await world.stops(2, 40);
}, 120_000);
afterAll(() => world?.stop(), 60_000);

it(
  'refuses at once what is beyond its queue, and grows no further',
  async () => {
    const load = world.load(stopIds);
    const { api } = await signUpCompany(new ApiClient(world.system.url));
    const register = () => api.post(`/v1/stops/${stopIds[0]}/registrations`, { delegates: delegates(1) });
    const wrong = await world.survive('more requests than the queue holds', load, async () => {
      const holder = await world.databases.connect('registrations');
      await holder.query('BEGIN');
      await holder.query('LOCK TABLE stops IN ACCESS EXCLUSIVE MODE');
      const waiting = Array.from({ length: waitingRequests }, register);
      await sleep(1_500);
      const took = await refusalsOf(register);
      const memory = residentMiB(world.system.pids('registrations')[0] ?? 0);
      await holder.query('ROLLBACK');
      holder.release();
      const statuses = new Set((await Promise.all(waiting)).map(({ status }) => status));
      expect([...statuses].filter((status) => ![201, 409, 503].includes(status))).toEqual([]);
      expect(took[probes >> 1]).toBeLessThan(50);
      expect(memory).toBeLessThan(512);
      return `the next get 503 after ${took[probes >> 1]} ms (half) and ${took.at(-1)} ms (all); ${memory} MiB`;
    });
    expect(wrong).toEqual([]);
  },
  testMs,
);

/** How long each refusal took, in milliseconds, sorted. */
async function refusalsOf(request: () => ReturnType<ApiClient['post']>): Promise<number[]> {
  const took: number[] = [];
  for (let probe = 0; probe < probes; probe += 1) {
    const began = performance.now();
    const { status, headers } = await request();
    took.push(Math.round(performance.now() - began));
    expect([status, headers.get('retry-after')]).toEqual([503, '1']);
  }
  return took.sort((a, b) => a - b);
}

function residentMiB(pid: number): number {
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kib) / 1_024);
}
