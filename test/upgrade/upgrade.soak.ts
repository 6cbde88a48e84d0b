import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../../tools/dev/system/project-root.js';
import { serviceNames } from '#contracts';
import { compare } from '../chaos/comparison.js';
import { Databases } from '../chaos/databases.js';
import { Load } from '../chaos/load.js';
import { isReady } from '../chaos/scenario.js';
import { ApiClient, inDays, publishedStop } from '../support/client.js';
import { eventually } from '../support/npm-start.js';
import { startSystem, type RunningSystem } from '../support/system.js';
import { Fleet, type Running } from './fleet.js';

const testMs = 900_000;
const older = process.env['UPGRADE_FROM'] ?? '';
let servers: RunningSystem;
let fleet: Fleet;

beforeAll(async () => {
  servers = await startSystem({ services: [] });
  fleet = await Fleet.on(servers);
}, testMs);
afterAll(() => fleet?.killAll(), testMs);

/** Registrations that have to be acknowledged in each state of the roll-out. */
const each = 15;

it(
  'goes from the version before to this one under load: expand, both side by side, one by one, and no request fails',
  async () => {
    expect(await fleet.migrate(older)).toBeGreaterThan(0);
    const before = new Map<string, Running>();
    for (const service of serviceNames) before.set(service, await fleet.start(older, service));
    const oldUrl = before.get('gateway')?.url ?? '';
    await eventually('the older system', () => isReady(oldUrl), 120_000);
    const stopIds = await twoStops(oldUrl);
    const oldLoad = new Load({ urls: [oldUrl], stopIds, workers: 3, retries: false });
    await oldLoad.more(each);

    // Expand: the tables of this version, while only the older one runs.
    const migrations = await fleet.migrate(projectRoot);
    await oldLoad.more(each);

    // Every service in both versions, one after the other.
    const now = new Map<string, Running>();
    for (const service of serviceNames) {
      now.set(service, await fleet.start(projectRoot, service));
      await oldLoad.more(each);
    }
    const newUrl = now.get('gateway')?.url ?? '';
    await eventually('the system as this gateway sees it', () => isReady(newUrl), 120_000);
    const newLoad = new Load({ urls: [newUrl], stopIds, workers: 3, retries: false });
    await Promise.all([oldLoad.more(each * 4), newLoad.more(each * 4)]);

    // Clients leave the older gateway, as they do when a balancer takes it out; then the older ones end.
    await oldLoad.stop();
    await sleep(500);
    for (const service of serviceNames.toReversed()) {
      const ending = before.get(service);
      if (ending !== undefined) await fleet.end(ending);
      await newLoad.more(each);
    }
    await newLoad.stop();

    const databases = new Databases(servers);
    const wrong = [
      ...(await compare(databases, newUrl, oldLoad)),
      ...(await compare(databases, newUrl, newLoad)),
    ];
    await databases.close();
    const loads = [oldLoad, newLoad];
    const sum = (of: (load: Load) => number) => loads.reduce((total, load) => total + of(load), 0);
    console.log(
      `${migrations} migrations; ${sum(({ requests }) => requests)} requests at two gateways, ` +
        `${sum(({ acknowledged }) => acknowledged.length)} registrations.`,
    );
    expect({
      wrong,
      refused: sum(({ refusalsMs }) => refusalsMs.length),
      lost: sum(({ lostConnections }) => lostConnections),
    }).toEqual({ wrong: [], refused: 0, lost: 0 });
  },
  testMs,
);

async function twoStops(url: string): Promise<string[]> {
  const organizer = new ApiClient(url, fleet.organizerKey);
  const ids: string[] = [];
  for (const days of [30, 31]) {
    const when = { startsAt: inDays(days), endsAt: inDays(days, 9), capacity: 40 };
    ids.push((await publishedStop(organizer, when)).id);
  }
  return ids;
}
