import { randomInt } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { serviceNames } from '#contracts';
import { World } from './scenario.js';

const killingMs = 150_000;
const testMs = killingMs + 300_000;
/** From one strike to the next, at most: many come while the last one is still being healed. */
const pauseAtMostMs = 8_000;
const processesAtOnce = 3;

let world: World;
let stopIds: string[];

beforeAll(async () => {
  world = await World.start();
  stopIds = await world.stops(3, 300);
}, 120_000);
afterAll(() => world?.stop(), 60_000);

it(
  'survives a killer who knows nothing but the list of processes',
  async () => {
    const load = world.load(stopIds, { workers: 8 });
    let killed = 0;
    const wrong = await world.survive('random processes killed for minutes', load, async () => {
      for (const until = Date.now() + killingMs; Date.now() < until; await sleep(randomInt(pauseAtMostMs))) {
        for (let one = randomInt(processesAtOnce); one >= 0; one -= 1) killed += killOneOf(everyProcess());
      }
      const ended = Date.now();
      await world.ready();
      await load.more(10);
      const seconds = ((Date.now() - ended) / 1_000).toFixed(1);
      return `${killed} processes killed in ${killingMs / 1_000} s; back ${seconds} s after the last one`;
    });
    expect(wrong).toEqual([]);
    expect(killed).toBeGreaterThan(20);
    expect(load.acknowledged.length).toBeGreaterThan(20);
  },
  testMs,
);

/** The processes of the system and their children: each backend of PostgreSQL can be hit as well as the whole server. */
function everyProcess(): number[] {
  const names = ['postgres', 'nats', ...serviceNames] as const;
  const own = new Set(names.flatMap((name) => world.system.pids(name)));
  const parents = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  return [...own, ...parents.filter((pid) => own.has(parentOf(pid)))];
}

function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}

function killOneOf(pids: readonly number[]): number {
  const pid = pids[randomInt(Math.max(1, pids.length))];
  try {
    return pid !== undefined && process.kill(pid, 'SIGKILL') ? 1 : 0;
  } catch {
    // It has ended since the list was made.
    return 0;
  }
}
