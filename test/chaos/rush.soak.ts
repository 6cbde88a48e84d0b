import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Company, Load } from './load.js';
import { World } from './scenario.js';

const companiesInAll = 2_000;
const seats = 200;
const testMs = 600_000;
const signUpsAtOnce = 32;
let world: World;
const companies: Company[] = [];

beforeAll(async () => {
  world = await World.start();
  const load = world.load([], { workers: 0 });
  const signUp = async () => {
    while (load.companies.length < companiesInAll) {
      const company = await load.signUp();
      if (company !== undefined) companies.push(company);
    }
  };
  await Promise.all(Array.from({ length: signUpsAtOnce }, signUp));
}, testMs);
afterAll(() => world?.stop(), 60_000);

/** All companies at once, each repeating until it is acknowledged. */
async function rush(load: Load, stopId: string): Promise<void> {
  await Promise.all(companies.slice(0, companiesInAll).map((company) => load.register(company, stopId, 1)));
}

it.each(['registrations', 'accounts', 'gateway', 'postgres', 'everything'] as const)(
  '2,000 companies rush for 200 seats while %s is killed',
  async (doomed) => {
    const [stopId = ''] = await world.stops(1, seats);
    const load = world.load([stopId], { workers: 0 });
    const fault = `opening rush, ${doomed} killed in the middle`;
    const wrong = await world.survive(fault, load, async () => {
      const began = Date.now();
      const rushing = rush(load, stopId);
      while (load.acknowledged.length < companiesInAll / 4) await sleep(5);
      if (doomed === 'everything') await world.everythingKilled();
      else await world.killed(doomed);
      await rushing;
      return `all 2,000 acknowledged after ${((Date.now() - began) / 1_000).toFixed(1)} s`;
    });
    const [sold] = await world.databases.rows(
      'registrations',
      `SELECT count(*) FILTER (WHERE status = 'confirmed')::int AS confirmed,
              count(*) FILTER (WHERE status = 'waitlisted')::int AS waiting
         FROM registrations WHERE stop_id = $1`,
      [stopId],
    );
    expect({ wrong, sold }).toEqual({
      wrong: [],
      sold: { confirmed: seats, waiting: companiesInAll - seats },
    });
  },
  testMs,
);
