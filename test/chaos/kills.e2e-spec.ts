import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { soon } from '#service/testing/patience';
import { must } from '../support/client.js';
import { playOutcomes, playStop, type ClosedLoop } from '../support/closed-loop.js';
import { readExports, recount } from '../support/recount.js';
import { compare } from './comparison.js';
import { PatientClient, breakConnections, emptyCopies, replayEverything } from './outcomes-replay.js';
import { World } from './scenario.js';

let world: World;
let stopIds: string[];

beforeAll(async () => {
  world = await World.start();
  stopIds = await world.stops(2, 40);
}, 300_000);
afterAll(() => world?.stop());

const testMs = 400_000;
/** `npm test` tries some of them, `npm run test:faults` all. */
const all = process.env['FAULTS_TABLE'] !== undefined;

const steps = [
  ['registrations', 'after commit'],
  ['gateway', 'after the answer'],
] as const;
const moreSteps = [
  ['accounts', 'after publish'],
  ['registrations', 'before commit'],
  ['registrations', 'after publish'],
  ['registrations', 'before ack'],
  ['accounts', 'before commit'],
  ['accounts', 'after commit'],
  ['sessions', 'before commit'],
  ['sessions', 'after commit'],
  ['sessions', 'after publish'],
  ['sessions', 'before ack'],
  ['gateway', 'before asking'],
] as const;

it.each([...steps, ...(all ? moreSteps : [])])(
  'survives kill -9 of %s %s',
  async (service, step) => {
    const load = world.load(stopIds);
    const wrong = await world.survive(`kill -9 of ${service} ${step}`, load, () =>
      world.dieAt(service, step),
    );
    expect(wrong).toEqual([]);
  },
  testMs,
);

it.each(all ? ['before commit', 'after commit', 'after publish'] : ['after commit'])(
  'survives kill -9 of stops %s',
  async (step) => {
    const load = world.load(stopIds);
    const wrong = await world.survive(`kill -9 of stops ${step}`, load, async () => {
      const death = world.dieAt('stops', step);
      await world.renameStop(stopIds[0] ?? '');
      await death;
    });
    expect(wrong).toEqual([]);
  },
  testMs,
);

const names = ['postgres', 'nats'] as const;
const moreNames = ['registrations', 'accounts', 'stops', 'sessions', 'gateway'] as const;

it.each([...names, ...(all ? moreNames : [])])(
  'survives kill -9 of %s at any moment',
  async (name) => {
    const load = world.load(stopIds);
    const wrong = await world.survive(`kill -9 of ${name}`, load, () => world.killed(name));
    expect(wrong).toEqual([]);
  },
  testMs,
);

it(
  'counts what a tour led to as its exports say: after kill -9 of outcomes, broken connections, a replay from zero',
  async () => {
    const organizer = new PatientClient(world.system.url, world.system.organizerKey);
    const [loop] = await Promise.all([
      playStop(organizer),
      world.dieAt('outcomes', 'before ack').then(() => breakConnections(world)),
    ]);
    await Promise.all([
      playOutcomes(organizer, loop),
      world.dieAt('outcomes', 'before commit').then(() => breakConnections(world)),
    ]);
    await world.ready();
    const expected = recount(await readExports(organizer, loop.tourId, loop.stopIds, null));
    expect(expected.funnel.map(({ numerator }) => numerator)).toEqual([6, 5, 3, 8, 6, 4, 3, 2, 1, 1]);
    const follow = () =>
      soon(async () => expect(await statisticsOf(organizer, loop)).toEqual(expected), 90_000);
    await follow();
    await emptyCopies(world);
    expect(await statisticsOf(organizer, loop)).not.toEqual(expected);
    await replayEverything(world);
    await follow();
  },
  testMs,
);

async function statisticsOf(organizer: PatientClient, { tourId }: ClosedLoop) {
  const { stops: _stops, ...whole } = await must(organizer.get(`/v1/tours/${tourId}/statistics`));
  return whole as unknown;
}

it(
  'would find a registration that is not as it was acknowledged',
  async () => {
    const load = world.load(stopIds);
    await load.more(10);
    await load.stop();
    const [{ id } = { id: '' }] = load.acknowledged;
    const change = (by: number) =>
      world.databases.rows('registrations', `UPDATE registrations SET seats = seats + ${by} WHERE id = $1`, [
        id,
      ]);
    await change(1);
    const wrong = await compare(world.databases, world.system.url, load);
    await change(-1);
    expect(wrong).toContain(`registration ${id} was changed`);
    expect(wrong.join()).toContain('the rows are not what its history leads to');
    expect(await compare(world.databases, world.system.url, load)).toEqual([]);
  },
  testMs,
);
