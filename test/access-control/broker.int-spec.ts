import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as contracts from '#contracts';
import { Broker, assertConsumer, assertStream, brokerUsers, type BrokerUser } from '#messaging';
import { keptSecrets, type KeptSecrets } from '../../tools/dev/system/kept-secrets.js';
import { natsAnswers, planNats } from '../../tools/dev/system/nats.js';
import { freePort } from '../../tools/dev/system/ports.js';
import { projectRoot } from '../../tools/dev/system/project-root.js';

type Service = contracts.DatabaseServiceName;
const services = contracts.databaseServiceNames;

let folder = '';
let url = '';
let server: ChildProcess;
let secrets: KeptSecrets;
let users: Record<BrokerUser, Broker>;
let operator: Broker;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'waystop-walls-'));
  secrets = keptSecrets(folder);
  const port = await freePort();
  const { signal } = new AbortController();
  const plan = await planNats({
    dataDir: folder,
    port,
    seeds: secrets.natsSeeds,
    notice: () => undefined,
    abort: signal,
  });
  server = spawn(plan.command, plan.args, { cwd: folder, stdio: 'ignore' });
  url = `nats://127.0.0.1:${port}`;
  await natsAnswers(url, signal);
  const connected = await Promise.all(
    brokerUsers.map(async (user) => [user, await connectAs(user)] as const),
  );
  users = Object.fromEntries(connected) as typeof users;
  operator = await connectAs('operator');
});

afterAll(async () => {
  await Promise.all([...Object.values(users), operator].map((broker) => broker.drain()));
  server.kill();
  rmSync(folder, { recursive: true, force: true });
});

async function connectAs(user: keyof KeptSecrets['natsSeeds']): Promise<Broker> {
  const broker = await Broker.connect({ url, name: user, nkeySeed: secrets.natsSeeds[user] });
  void collectErrors(broker);
  return broker;
}

const errors = new Map<Broker, string[]>();

async function collectErrors(broker: Broker): Promise<void> {
  const heard: string[] = [];
  errors.set(broker, heard);
  for await (const status of broker.connection.status()) {
    if (status.type === 'error') heard.push(status.error.message);
  }
}

/** What the broker says to an attempt: the error it sends, or nothing. It answers in order, so a flush is the end. */
async function refusal(broker: Broker, attempt: () => void): Promise<string | null> {
  const heard = errors.get(broker) ?? [];
  heard.length = 0;
  attempt();
  await broker.connection.flush();
  await new Promise((resolve) => setImmediate(resolve));
  return heard.find((message) => /permission/i.test(message)) ?? null;
}

const publishing = (user: BrokerUser, subject: string) =>
  refusal(users[user], () => users[user].connection.publish(subject, ''));

const subscribing = (user: BrokerUser, subject: string, queue?: string) =>
  refusal(users[user], () => {
    const options = queue === undefined ? {} : { queue };
    users[user].connection.subscribe(subject, { ...options, callback: () => undefined });
  });

/** Who may ask whom, written down here once more: the table in the code is what is tested. */
const mayAsk: Readonly<Partial<Record<BrokerUser, readonly string[]>>> = {
  accounts: ['rpc.stops.get-stop-state.v1', 'rpc.notifications.send-account-mail.v1'],
  stops: ['rpc.sessions.get-rooms-in-use.v1', 'rpc.sessions.catch-up-on-stop.v1'],
  registrations: [
    'rpc.stops.get-stop-state.v1',
    'rpc.accounts.get-company-states.v1',
    'rpc.sessions.get-session-state.v1',
    'rpc.matching.get-meeting-times.v1',
  ],
  sessions: [
    'rpc.stops.get-stop-state.v1',
    'rpc.stops.add-rooms.v1',
    'rpc.accounts.get-company-states.v1',
    'rpc.registrations.get-session-seats.v1',
  ],
  matching: [
    'rpc.stops.get-stop-state.v1',
    'rpc.stops.get-tour.v1',
    'rpc.accounts.get-company-states.v1',
    'rpc.registrations.get-delegations.v1',
    'rpc.registrations.get-delegate-contacts.v1',
    'rpc.registrations.identify-badge.v1',
    'rpc.sessions.get-speakers.v1',
    'rpc.sessions.list-speakers.v1',
    'rpc.outcomes.has-meeting-outcome.v1',
  ],
  outcomes: [
    'rpc.stops.get-stop-state.v1',
    'rpc.stops.get-tour.v1',
    'rpc.accounts.get-company-states.v1',
    'rpc.matching.get-meeting-states.v1',
    'rpc.registrations.list-audience.v1',
    'rpc.registrations.get-people.v1',
    'rpc.sessions.get-speakers.v1',
    'rpc.sessions.list-speakers.v1',
  ],
  notifications: [
    'rpc.matching.get-meeting-people.v1',
    'rpc.stops.get-stop-state.v1',
    'rpc.stops.get-stop.v1',
    'rpc.stops.get-tour.v1',
    'rpc.sessions.get-timetable.v1',
    'rpc.accounts.get-company-states.v1',
    'rpc.accounts.get-company-contacts.v1',
    'rpc.registrations.get-people.v1',
    'rpc.registrations.get-departed.v1',
    'rpc.registrations.list-audience.v1',
    'rpc.registrations.get-signup-holders.v1',
    'rpc.sessions.get-speakers.v1',
    'rpc.sessions.list-speakers.v1',
    'rpc.sessions.get-release-changes.v1',
  ],
};
/** What even the gateway may not ask: where people are reached. */
const closedToGateway = [
  'rpc.notifications.send-account-mail.v1',
  'rpc.sessions.get-speakers.v1',
  'rpc.sessions.list-speakers.v1',
  'rpc.sessions.get-release-changes.v1',
  'rpc.registrations.get-people.v1',
  'rpc.registrations.get-departed.v1',
  'rpc.registrations.list-audience.v1',
  'rpc.registrations.get-signup-holders.v1',
  'rpc.registrations.get-delegate-contacts.v1',
  'rpc.registrations.identify-badge.v1',
];
const asks = (asker: BrokerUser, answerer: Service) =>
  asker === 'gateway' || (mayAsk[asker] ?? []).some((subject) => subject.startsWith(`rpc.${answerer}.`));
const requests = contracts
  .contractsAmong(contracts)
  .flatMap(({ kind, subject }) => (kind === 'request' ? [subject] : []));
const pairs = brokerUsers.flatMap((user) => services.map((service) => [user, service] as const));

describe('the broker', () => {
  it('lets nobody in without a seed that it knows', async () => {
    const strangers = [undefined, keptSecrets(mkdtempSync(join(folder, 'other-'))).natsSeeds.gateway];
    for (const nkeySeed of strangers) {
      await expect(Broker.connect({ url, name: 'gateway', nkeySeed })).rejects.toThrow(/authorization/i);
    }
  });

  it.each(brokerUsers)('lets %s make the requests it needs and no other', async (user) => {
    for (const subject of requests) {
      const isOpen = user === 'gateway' && !closedToGateway.includes(subject);
      const allowed = isOpen || (mayAsk[user] ?? []).includes(subject);
      expect([subject, (await publishing(user, subject)) === null]).toEqual([subject, allowed]);
    }
  });

  it.each(pairs)('lets %s speak for %s only where they are one', async (user, service) => {
    const own = user === service;
    expect((await publishing(user, `evt.${service}.something-changed.v1`)) === null).toBe(own);
    expect((await subscribing(user, `rpc.${service}.>`, service)) === null).toBe(own);
    // Beside the queue it would hear what every replica is asked.
    expect(await subscribing(user, `rpc.${service}.>`)).not.toBeNull();
  });

  it.each(brokerUsers)(
    'lets %s answer whom it is asked by, in its own name, and listen to its replies alone',
    async (user) => {
      for (const asker of brokerUsers) {
        const inbox = `_INBOX_${asker}`;
        expect((await subscribing(user, `${inbox}.>`)) === null).toBe(asker === user);
        expect(await publishing(user, `${inbox}.abc`)).not.toBeNull();
        for (const service of services) {
          const allowed = service === user && asks(asker, service);
          expect([asker, service, (await publishing(user, `${inbox}.${service}.abc.1`)) === null]).toEqual([
            asker,
            service,
            allowed,
          ]);
        }
      }
    },
  );

  it.each(brokerUsers)(
    'keeps %s from listening in, and from the administration of the broker',
    async (user) => {
      for (const subject of [
        '>',
        'rpc.>',
        'evt.>',
        '$JS.>',
        '$SYS.>',
        '_INBOX.>',
        'evt.accounts.>',
        '$JS.ACK.>',
      ])
        expect([subject, await subscribing(user, subject)]).not.toEqual([subject, null]);
      const forbidden = [
        '$SYS.REQ.SERVER.PING',
        '$JS.API.INFO',
        '$JS.API.STREAM.DELETE.events',
        '$JS.API.STREAM.PURGE.events',
        '$JS.API.STREAM.MSG.DELETE.events',
        '$JS.API.STREAM.SNAPSHOT.events',
        '$JS.API.STREAM.CREATE.others',
        '$JS.API.STREAM.MSG.GET.others',
        '$JS.API.CONSUMER.CREATE.events',
        '$JS.API.CONSUMER.LIST.events',
        '_INBOX.abc',
        'anything.else',
      ];
      for (const subject of forbidden)
        expect([subject, await publishing(user, subject)]).not.toEqual([subject, null]);
    },
  );

  it('lets each service make the stream, and make, read and acknowledge its own consumers alone', async () => {
    for (const user of services) {
      await assertStream(users[user]);
      for (const owner of services) {
        for (const source of contracts.services[owner].consumes) {
          const durable = `${owner}-${source}`;
          const allowed = owner === user;
          if (allowed) await assertConsumer(users[user], user, source);
          for (const subject of [
            `$JS.API.CONSUMER.CREATE.events.${durable}.evt.${source}.x`,
            `$JS.API.CONSUMER.DURABLE.CREATE.events.${durable}`,
            `$JS.API.CONSUMER.INFO.events.${durable}`,
            `$JS.API.CONSUMER.MSG.NEXT.events.${durable}`,
            `$JS.ACK.events.${durable}.1.1.1.1.1`,
          ]) {
            expect([user, subject, (await publishing(user, subject)) === null]).toEqual([
              user,
              subject,
              allowed,
            ]);
          }
          expect(await publishing(user, `$JS.API.CONSUMER.DELETE.events.${durable}`)).not.toBeNull();
        }
      }
    }
    await expect(assertStream(users.gateway)).rejects.toThrow();
  });

  it('lets the operator do everything', async () => {
    expect(await refusal(operator, () => operator.connection.publish('$JS.API.STREAM.NAMES', ''))).toBeNull();
    const manager = await operator.streams();
    expect((await manager.streams.info('events')).config.subjects).toEqual(['evt.>']);
  });
});

describe('the list of services', () => {
  it.each(services)('says of %s what its code says', (service) => {
    const source = readdirSync(join(projectRoot, 'apps', service, 'src'), { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
      .map((name) => readFileSync(join(projectRoot, 'apps', service, 'src', name), 'utf8'))
      .join('\n');
    const named = (pattern: RegExp) => [...source.matchAll(pattern)].map(([, name]) => contractNamed(name));
    const asked = named(/rpc\.(?:ask|call|callRaw)\(\s*(\w+)/g).map(({ subject }) => subject);
    const followed = named(/@Event(?:Batch)?Handler\((\w+)/g).map((contract) =>
      contracts.serviceOf(contract),
    );
    const { calls, consumes } = contracts.services[service] as contracts.ServiceFacts;
    expect(new Set(calls.map(({ subject }) => subject))).toEqual(new Set(asked));
    expect(new Set(consumes)).toEqual(new Set(followed));
  });
});

function contractNamed(name = ''): { subject: string } {
  const contract = (contracts as Record<string, unknown>)[name] as { subject: string } | undefined;
  if (contract === undefined) throw new Error(`No contract is called ${name}.`);
  return contract;
}
