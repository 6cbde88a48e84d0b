import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { databaseServiceNames } from '#contracts';
import { ApiClient, delegates, signUpCompany } from '../support/client.js';
import { eventually } from '../support/npm-start.js';
import { Load } from './load.js';
import { World, isReady } from './scenario.js';

const services = databaseServiceNames;
const testMs = 180_000;
let world: World;
let stopIds: string[];
/** What the supervisor tells of processes that end. */
const notices: string[] = [];

beforeAll(async () => {
  world = await World.start({
    replicas: { accounts: 2, stops: 2, registrations: 2, sessions: 2 },
    notice: (line) => notices.push(line),
  });
  stopIds = await world.stops(2, 40);
}, 120_000);
afterAll(() => world?.stop(), 60_000);

const gateways = () => world.urls.map((url) => new ApiClient(url));
const registrationsOf = (companyId: string) =>
  world.databases.rows('registrations', 'SELECT id FROM registrations WHERE company_id = $1', [companyId]);

it(
  'restarts every service, one replica after the other, without one failed request',
  async () => {
    // Without retries: whatever is not acknowledged at once is an oddity.
    const load = world.load(stopIds, { retries: false });
    const wrong = await world.survive('rolling restart of two replicas each', load, async () => {
      for (const service of services) {
        for (const replica of [0, 1]) {
          await world.killed(service, 'SIGTERM', replica);
          await eventually(`${service}`, () => isReady(world.system.healthUrl(service, replica)), 60_000);
        }
      }
      return `${load.requests} requests, none failed`;
    });
    expect({ wrong, refused: load.refusalsMs.length, lost: load.lostConnections }).toEqual({
      wrong: [],
      refused: 0,
      lost: 0,
    });
    // A process that did not finish within its budget ends with 1.
    const ends = notices.map((line) => / (ended with \S+);/.exec(line)?.[1]);
    expect(ends).toEqual(Array(services.length * 2).fill('ended with 0'));
  },
  testMs,
);

it(
  'replaces a gateway while callers go on at another',
  async () => {
    const child = await world.addGateway();
    const url = world.urls.pop() ?? '';
    // A balancer takes a gateway out as soon as it says that it is unready; until then it answers.
    const leaving = new Load({ urls: [url, world.system.url], stopIds });
    const wrong = await world.survive('a gateway ends in order (SIGTERM)', leaving, async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const [code] = await ended;
      expect(code).toBe(0);
      return `${leaving.lostConnections} connections refused, then at the other`;
    });
    expect({ wrong, refused: leaving.refusalsMs.length }).toEqual({ wrong: [], refused: 0 });
  },
  testMs,
);

it(
  'gives one answer to two requests with one key that come to two replicas at once',
  async () => {
    await world.addGateway();
    const [first, second] = gateways() as [ApiClient, ApiClient];
    for (let round = 0; round < 20; round += 1) {
      const { id, api } = await signUpCompany(first);
      const body = { delegates: delegates(2) };
      const headers = { 'idempotency-key': randomUUID() };
      const path = `/v1/stops/${stopIds[0]}/registrations`;
      const key = api.apiKey ?? '';
      const answers = await Promise.all(
        [first, second, first, second].map((gateway) => gateway.with(key).post(path, body, headers)),
      );
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
      expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
      expect(
        answers.filter(({ headers: given }) => given.get('idempotency-replayed') === 'true'),
      ).toHaveLength(3);
      expect(await registrationsOf(id)).toHaveLength(1);
    }
  },
  testMs,
);

it(
  'keeps the committed answer for a caller whose gateway gave up',
  async () => {
    const { id, api } = await signUpCompany(new ApiClient(world.system.url));
    const holder = await world.databases.connect('registrations');
    const send = () => api.post(`/v1/stops/${stopIds[0]}/registrations`, body, headers);
    const body = { delegates: delegates(2) };
    const headers = { 'idempotency-key': randomUUID() };
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM stops WHERE stop_id = $1 FOR UPDATE', [stopIds[0]]);
    const given = await send();
    await holder.query('ROLLBACK');
    holder.release();
    expect([given.status, given.headers.get('retry-after')]).toEqual([503, '1']);
    await eventually(
      'the commit that nobody waits for',
      async () => (await registrationsOf(id)).length === 1,
    );
    const again = await send();
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
    expect(await registrationsOf(id)).toEqual([{ id: again.body.id }]);
  },
  testMs,
);

it(
  'refuses in time while a sleeper holds every connection, and the other services go on',
  async () => {
    const load = world.load(stopIds);
    const holder = await world.databases.connect('registrations');
    const wrong = await world.survive(
      'every connection of registrations held by a sleeper',
      load,
      async () => {
        await holder.query('BEGIN');
        await holder.query('LOCK TABLE registrations, delegates, stops IN ACCESS EXCLUSIVE MODE');
        const asked = Array.from({ length: 60 }, () =>
          world.organizer.get(`/v1/stops/${stopIds[0]}/registrations`),
        );
        await eventually('readiness to tell of it', async () => !(await isReady(world.system.url)), 10_000);
        const others = Array.from({ length: 10 }, () => signUpCompany(new ApiClient(world.system.url)));
        expect((await Promise.all(others)).length).toBe(10);
        await sleep(3_000);
        await holder.query('ROLLBACK');
        holder.release();
        const statuses = new Set((await Promise.all(asked)).map(({ status }) => status));
        statuses.delete(200);
        expect([...statuses]).toEqual([503]);
      },
    );
    expect(wrong).toEqual([]);
    expect(load.slowestRefusalMs).toBeLessThan(4_500);
  },
  testMs,
);
