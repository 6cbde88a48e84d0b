import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import 'reflect-metadata';
import pg from 'pg';
import { Broker, assertConsumer, assertStream, diagnoseBroker, type BrokerDiagnostics } from '#messaging';
import { diagnoseDatabase } from '#persistence';
import { service as registrations } from '../../../apps/registrations/src/service.js';
import { brokerFindings } from '../../../libs/service/src/doctor/broker-findings.js';
import { databaseFindings } from '../../../libs/service/src/doctor/database-findings.js';
import type { Finding } from '../../../libs/service/src/doctor/finding.js';
import { healthFinding } from '../../../libs/service/src/doctor/health-finding.js';
import { keptSecrets } from '../../../tools/dev/system/kept-secrets.js';
import { natsAnswers, planNats } from '../../../tools/dev/system/nats.js';
import { freePort } from '../../../tools/dev/system/ports.js';
import { mainOf } from '../../../tools/dev/system/main-of.js';
import { ended } from '../../backup/commands.js';
import { ownDatabase, ownNats } from '../../support/own-servers.js';

const testMs = 180_000;
const wrongOnes = (findings: Finding[]) =>
  findings.flatMap(({ what, found, whatToDo }) => (whatToDo === undefined ? [] : [`${what}: ${found}`]));

/** A command of the registrations service in a process of its own. */
const run = (name: string, env: Record<string, string>) => ended(mainOf('registrations'), [name], env);
const { dataSource: registrationsDataSource, grants: registrationsGrants } = registrations.database;

describe('the doctor of a database', () => {
  const role = `doctor_${process.pid}`;
  let database: Awaited<ReturnType<typeof ownDatabase>>;
  let owner: pg.Client;

  beforeAll(async () => {
    database = await ownDatabase('doctor');
    owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
    await owner.query(`CREATE ROLE ${role} LOGIN PASSWORD 'doctor'`);
  }, testMs);
  afterAll(async () => {
    await owner.end();
    await database.drop();
    const server = new pg.Client({ connectionString: process.env['TEST_DATABASE_URL'] });
    await server.connect();
    await server.query(`DROP ROLE ${role}`);
    await server.end();
  }, testMs);

  const asApp = () => {
    const url = new URL(database.url);
    url.username = role;
    url.password = 'doctor';
    return url.href;
  };

  async function look(url = asApp()): Promise<string[]> {
    const source = registrationsDataSource({ url, name: 'doctor', poolSize: 2 });
    try {
      return wrongOnes(databaseFindings(await diagnoseDatabase(source, registrationsGrants)));
    } finally {
      await source.destroy();
    }
  }

  /** Breaks something, looks, and mends it. */
  async function broken(harm: string, mend: string): Promise<string[]> {
    await owner.query(harm);
    const found = await look();
    await owner.query(mend);
    return found;
  }

  it(
    'names missing migrations, and finds nothing wrong once they are there',
    async () => {
      expect(await look()).toEqual([
        expect.stringMatching(/^tables: \d+ migrations are missing: CreateWriteTables/),
      ]);
      const env = { DATABASE_URL: database.url, DATABASE_APP_ROLE: role };
      expect((await run('migrate', env)).code).toBe(0);
      expect(await look()).toEqual([]);
    },
    testMs,
  );

  it('names rights that are missing, and those that are too many', async () => {
    expect(await broken(`REVOKE INSERT ON audit FROM ${role}`, `GRANT INSERT ON audit TO ${role}`)).toEqual([
      `rights: the role ${role} lacks INSERT on audit`,
    ]);
    const [grant, revoke] = ['DELETE', 'TRUNCATE'].map((one) => `${one} ON audit`);
    expect(await broken(`GRANT ${grant} TO ${role}`, `REVOKE ${grant} FROM ${role}`)).toEqual([
      `rights: the role ${role} needs no DELETE on audit`,
    ]);
    expect(await broken(`GRANT ${revoke} TO ${role}`, `REVOKE ${revoke} FROM ${role}`)).toEqual([
      `rights: the role ${role} needs no TRUNCATE on audit`,
    ]);
    const whole = `UPDATE ON outbox`;
    const again = `GRANT UPDATE (published_at) ON outbox TO ${role}`;
    expect(await broken(`GRANT ${whole} TO ${role}`, `REVOKE ${whole} FROM ${role}; ${again}`)).toEqual([
      `rights: the role ${role} needs no UPDATE on outbox`,
    ]);
    expect(await look()).toEqual([]);
  });

  it('names a role that may do everything', async () => {
    expect(await look(database.url)).toEqual([
      expect.stringContaining('may do everything on the whole server'),
    ]);
  });

  it('names events that do not go out, and dead letters', async () => {
    const old = `WITH event AS (INSERT INTO outbox (id, subject, aggregate_id, payload, created_at)
        VALUES (gen_random_uuid(), 'evt.x', 'x', '{}', now() - interval '2 minutes') RETURNING id)
      INSERT INTO outbox_queue SELECT id FROM event`;
    expect(await broken(old, 'DELETE FROM outbox; DELETE FROM outbox_queue')).toEqual([
      expect.stringMatching(/^outbox: 1 events wait for the stream, the oldest for 1[2-9]\d s$/),
    ]);
    const letter = `INSERT INTO dead_letters (id, consumer, subject, payload, reason, deliveries)
      VALUES (gen_random_uuid(), 'c', 's', '{}', 'why', 5)`;
    expect(await broken(letter, 'DELETE FROM dead_letters')).toEqual([
      'dead letters: 1 events could not be applied',
    ]);
  });

  it('takes tables of a newer version for right, and says so', async () => {
    await owner.query(`INSERT INTO migrations (timestamp, name) VALUES (1, 'Newer1')`);
    const source = registrationsDataSource({ url: asApp(), name: 'doctor', poolSize: 2 });
    const findings = databaseFindings(await diagnoseDatabase(source, registrationsGrants));
    await source.destroy();
    await owner.query(`DELETE FROM migrations WHERE name = 'Newer1'`);
    expect(wrongOnes(findings)).toEqual([]);
    expect(findings.find(({ what }) => what === 'tables')?.found).toContain('does not know Newer1');
  });

  it('names a clock that is far off', async () => {
    const now = Date.now.bind(Date);
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() - 5_000);
    const found = await look();
    clock.mockRestore();
    expect(found).toEqual([expect.stringMatching(/^clock: the database server is [4-9]\d{3} ms ahead/)]);
  });

  it(
    'says why a database is out of reach, and every wrong setting, and ends with 1',
    async () => {
      const url = (change: (one: URL) => void) => {
        const one = new URL(asApp());
        change(one);
        return one.href;
      };
      const cases: [string, RegExp][] = [
        [
          url((one) => (one.password = 'wrong')),
          /password authentication failed.*\n.*Correct user and password/,
        ],
        [url((one) => (one.pathname = '/nowhere')), /"nowhere" does not exist\n.*Make the database/],
        [url((one) => (one.port = '9')), /ECONNREFUSED.*\n.*Start the server/],
        ['mysql://x', /NATS_URL: .*DATABASE_URL: must be a PostgreSQL URL/],
      ];
      const all = await Promise.all(
        cases.map(([DATABASE_URL]) => run('doctor', { DATABASE_URL, HEALTH_PORT: '9' })),
      );
      for (const [index, { code, output }] of all.entries()) {
        expect(output).toMatch(cases[index]?.[1] ?? '');
        expect(output).not.toContain('wrong@');
        expect(code).toBe(1);
      }
    },
    testMs,
  );
});

describe('the doctor of a broker', () => {
  const sound: BrokerDiagnostics = {
    version: '2.12.14',
    jetStream: true,
    maxPayloadBytes: 4 * 1024 * 1024,
    clockAheadMs: 3,
    hasStream: true,
    consumers: [{ consumer: 'a-b', created: '', waiting: 3, underWay: 1, seconds: 2 }],
    refused: [],
  };

  it.each<[Partial<BrokerDiagnostics>, string[]]>([
    [{}, []],
    [{ version: '2.9.9' }, ['broker: nats-server 2.9.9']],
    [{ clockAheadMs: -60_000 }, [expect.stringContaining('clock: the broker is 60000 ms behind') as never]],
    [
      { consumers: [{ consumer: 'a-b', created: '', waiting: 3, underWay: 1, seconds: 90 }] },
      ['copies: a-b: 4 events to apply, the oldest for 90 s'],
    ],
  ])('says of %j: %j', (change, expected) =>
    expect(wrongOnes(brokerFindings({ ...sound, ...change }))).toEqual(expected),
  );

  it('names a broker without JetStream, and one that takes only small messages', async () => {
    const small = await ownNats();
    const port = await freePort();
    const bare = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    process.once('exit', () => bare.kill('SIGKILL'));
    const url = `nats://127.0.0.1:${port}`;
    await natsAnswers(url, AbortSignal.timeout(60_000));
    const found = async (address: string) =>
      wrongOnes(brokerFindings(await diagnoseBroker({ url: address, name: 'registrations' })));
    expect(await found(url)).toEqual([expect.stringMatching(/^broker: .*without JetStream/)]);
    expect(await found(small.url)).toEqual([expect.stringMatching(/takes messages of 1048576 bytes/)]);
    bare.kill();
    await small.stop();
  });

  it(
    'names a user whom the broker does not know, and rights that it does not give',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'waystop-doctor-'));
      const { natsSeeds: seeds } = keptSecrets(folder);
      const port = await freePort();
      const abort = new AbortController().signal;
      const plan = await planNats({ dataDir: folder, port, seeds, notice: () => undefined, abort });
      const server = spawn(plan.command, plan.args, { cwd: folder, stdio: 'ignore' });
      process.once('exit', () => server.kill('SIGKILL'));
      const url = `nats://127.0.0.1:${port}`;
      await natsAnswers(url, abort);
      const broker = await Broker.connect({ url, name: 'registrations', nkeySeed: seeds.registrations });
      await assertStream(broker);
      for (const source of ['accounts', 'sessions', 'stops'])
        await assertConsumer(broker, 'registrations', source);
      const look = async (nkeySeed: string) =>
        wrongOnes(brokerFindings(await diagnoseBroker({ url, name: 'registrations', nkeySeed })));
      expect(await look(seeds.registrations)).toEqual([]);
      // The seed of another service: it may read the stream, and neither its own inbox nor these consumers.
      expect((await look(seeds.stops)).join()).toMatch(/^broker rights: refused: reading/);
      const env = { NATS_URL: url, DATABASE_URL: 'postgres://127.0.0.1:9/x', HEALTH_PORT: '9' };
      const stranger = await run('doctor', {
        ...env,
        NATS_NKEY_SEED: keptSecrets(mkdtempSync(`${folder}/x`)).natsSeeds.stops,
      });
      expect(stranger.output).toContain('The broker does not know this user');
      const away = await run('doctor', { ...env, NATS_URL: 'nats://127.0.0.1:9' });
      expect(away.output).toContain('Start nats-server');
      await broker.drain();
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
    testMs,
  );
});

describe('the doctor of a port', () => {
  it('tells the process from another program, and from none', async () => {
    let answer: [number, string] = [200, '{}'];
    const server = createServer((_, response) => response.writeHead(answer[0]).end(answer[1]));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const port = String((server.address() as AddressInfo).port);
    expect((await healthFinding(port)).found).toBe('another program answers there');
    answer = [503, '{"status":"unavailable","checks":{"database":"failed","nats":"ok"}}'];
    expect((await healthFinding(port)).found).toBe('the process is not ready: database');
    answer = [200, '{"status":"ok","checks":{"database":"ok"}}'];
    expect((await healthFinding(port)).whatToDo).toBeUndefined();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect((await healthFinding(port)).found).toContain('free');
  });
});
