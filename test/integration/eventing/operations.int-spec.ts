import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inSomeTry } from '#service/testing/patience';
import { newId, prune, readOutboxStats, replayStates } from '../../../libs/persistence/src/index.js';
import { runAdmin } from '../../../libs/service/src/index.js';
import { eventually } from '../../support/npm-start.js';
import { LabBroker } from './test-broker.js';
import { LabServices, labDataSource, replayableThings, trouble } from './test-services.js';

let nats: LabBroker;
let lab: LabServices;

beforeAll(async () => {
  nats = await LabBroker.start();
  lab = await LabServices.start(nats);
});

afterAll(async () => {
  await lab?.end();
  await nats?.end();
});

const settled = () => eventually('the copies to be equal', () => lab.inSync(), 180_000);

/** Runs an operator's command as its own process would, and gives back what it printed. */
async function ops(name: 'stops' | 'sessions', ...args: string[]): Promise<string> {
  const printed: string[] = [];
  const { DATABASE_URL } = process.env;
  const { stdout, stderr } = process;
  const [write, writeError] = [stdout.write.bind(stdout), stderr.write.bind(stderr)];
  stdout.write = stderr.write = ((text: string) => printed.push(text) > 0) as typeof stdout.write;
  process.env['DATABASE_URL'] = lab.databaseUrl(name);
  try {
    await runAdmin({ dataSource: labDataSource, replayables: [replayableThings] }, args);
  } finally {
    stdout.write = write;
    stderr.write = writeError;
    if (DATABASE_URL === undefined) delete process.env['DATABASE_URL'];
    else process.env['DATABASE_URL'] = DATABASE_URL;
  }
  return printed.join('');
}

const followers = () => lab.of('sessions').dataSource;

describe('replay', () => {
  it('tells the states of all aggregates again, so that a follower that lost its copies gets them back', async () => {
    await lab.write(1_100, 'kept');
    await settled();
    await followers().query('DELETE FROM copies');
    expect(await ops('stops', 'replay')).toBe('1100 events were written and will be published.\n');
    await settled();
  });

  it('tells the state of one aggregate again', async () => {
    const [id = ''] = await lab.write(2, 'two');
    await settled();
    await followers().query(`DELETE FROM copies WHERE value = 'two'`);
    expect(await ops('stops', 'replay', '--aggregate', id)).toContain('1 events');
    const back = async () => (await lab.count('sessions', `copies WHERE value = 'two'`)) === 1;
    await eventually('the one', back);
    await replayStates(lab.of('stops').dataSource, [replayableThings]);
    await settled();
  });

  it('never takes a newer state back', async () => {
    const ids = await lab.write(50, 'older');
    const replay = replayStates(lab.of('stops').dataSource, [replayableThings]);
    await lab.write(0, 'newer', ids);
    await replay;
    await settled();
    expect(await lab.count('sessions', `copies WHERE value = 'newer'`)).toBe(50);
  });

  it('publishes what the outbox published since a time again, under the same ids', async () => {
    const published = await lab.count('stops', 'outbox');
    const applied = () => lab.count('sessions', 'effects');
    await eventually('every event to be applied', async () => (await applied()) === published);
    expect(await ops('stops', 'replay', '--from', '2020-01-01T00:00:00Z')).toBe(
      `${published} events will be published again.\n`,
    );
    const out = async () => (await lab.count('stops', 'outbox_queue')) === 0;
    await eventually('all published', out);
    expect(await lab.count('sessions', 'effects')).toBe(published);
  });

  it('explains itself when it is called wrongly, and touches nothing', async () => {
    for (const args of [[], ['replay', '--from', 'yesterday'], ['dead-letters', 'drop'], ['--nonsense']]) {
      expect(await ops('stops', ...args)).toContain('Commands:');
    }
    expect(process.exitCode).toBe(2);
    process.exitCode = 0;
  });
});

describe('dead letters', () => {
  it('are listed, applied again by the running service, or dropped', async () => {
    trouble.failing.add('bad');
    const ids = await lab.write(2, 'bad');
    await eventually('two letters', async () => (await lab.count('sessions', 'dead_letters')) === 2);
    const letters = (await ops('sessions', 'dead-letters', 'list')).trim().split('\n');
    const [first, second] = letters.map((line) => JSON.parse(line) as { id: string; reason: string });
    expect(first?.reason).toBe('The lab refuses bad.');
    await ops('sessions', 'dead-letters', 'replay', '--id', first?.id ?? '');
    const failedAgain = () => lab.count('sessions', 'dead_letters WHERE deliveries = 6');
    await eventually('a sixth failure', async () => (await failedAgain()) === 1);
    trouble.failing.clear();
    await ops('sessions', 'dead-letters', 'replay', '--id', first?.id ?? '');
    await eventually('one letter', async () => (await lab.count('sessions', 'dead_letters')) === 1);
    expect(await ops('sessions', 'dead-letters', 'drop', '--id', second?.id ?? '')).toContain('1 dead');
    expect(await lab.count('sessions', `copies WHERE value = 'bad'`)).toBe(1);
    expect(await ops('stops', 'replay', '--aggregate', ids[0] ?? '')).toContain('1 events');
    expect(await ops('stops', 'replay', '--aggregate', ids[1] ?? '')).toContain('1 events');
    await settled();
  });
});

describe('pruning', () => {
  it('deletes what is too old, in batches, and nothing else', async () => {
    const source = lab.of('sessions').dataSource;
    // The service prunes by itself once a minute, which may be now.
    await inSomeTry(async () => {
      await source.query(`DELETE FROM inbox WHERE consumer IN ('old', 'new'); DELETE FROM outbox WHERE subject = 'evt.x';
        DELETE FROM idempotency WHERE scope = 's'; DELETE FROM dead_letters WHERE consumer = 'c'`);
      await source.query(`
        INSERT INTO inbox SELECT 'old', gen_random_uuid(), now() - interval '17 days' FROM generate_series(1, 12000);
        INSERT INTO inbox SELECT 'new', gen_random_uuid(), now() - interval '15 days' FROM generate_series(1, 10);
        INSERT INTO outbox (id, subject, aggregate_id, payload, created_at, published_at)
          SELECT gen_random_uuid(), 'evt.x', 'x', '{}', now(), now() - age FROM
            (VALUES (interval '9 days'), (interval '7 days')) AS ages (age);
        INSERT INTO idempotency SELECT 's', 'k' || hours, 'h', '{}', null, now() - hours * interval '1 hour'
          FROM (VALUES (23), (26)) AS ages (hours);
        INSERT INTO dead_letters (id, consumer, subject, payload, reason, deliveries, buried_at)
          VALUES (gen_random_uuid(), 'c', 's', 'p', 'r', 1, now() - interval '1 year')`);
      const pruned: Record<string, number> = {};
      const count = (table: string, rows: number) => (pruned[table] = (pruned[table] ?? 0) + rows);
      await Promise.all([prune(source, count), prune(source, count)]);
      await prune(source, count);
      expect(pruned).toEqual({ inbox: 12_000, outbox: 1, idempotency: 1 });
      expect(await lab.count('sessions', `inbox WHERE consumer = 'new'`)).toBe(10);
      expect(await lab.count('sessions', `outbox WHERE subject = 'evt.x'`)).toBe(1);
      expect(await lab.count('sessions', `dead_letters WHERE consumer = 'c'`)).toBe(1);
    });
  });

  it('never deletes an event that was not published, however old', async () => {
    const source = lab.of('sessions').dataSource;
    await lab.stopOne('stops').then(() => lab.startOne('stops'));
    await source.query(
      `WITH event AS (INSERT INTO outbox (id, subject, aggregate_id, payload, created_at, published_at)
         VALUES ($1, 'evt.sessions.unheard.v1', 'x', '{}', now() - interval '1 year', now() - interval '1 year')
         RETURNING id)
       INSERT INTO outbox_queue SELECT id FROM event`,
      [newId()],
    );
    await prune(source, () => undefined);
    const figures = await readOutboxStats(source);
    const published = await lab.count('sessions', `outbox WHERE subject = 'evt.sessions.unheard.v1'`);
    expect(published).toBe(1);
    expect(figures.tableBytes['audit']).toBeGreaterThan(0);
  });
});
