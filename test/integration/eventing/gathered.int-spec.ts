import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { event } from '../../../libs/contracts/src/index.js';
import { Broker, assertConsumer, assertStream, consumerState } from '../../../libs/messaging/src/index.js';
import { EventConsumer } from '../../../libs/messaging/src/events/event-consumer.js';
import { newId } from '../../../libs/persistence/src/index.js';
import { eventually } from '../../support/npm-start.js';
import { LabBroker } from './test-broker.js';

const contract = event('evt.stops.thing-changed.v1', z.object({ version: z.number().int() }));
const durable = 'sessions-stops';

let nats: LabBroker;
let broker: Broker;
let consumer: EventConsumer | undefined;

beforeAll(async () => {
  nats = await LabBroker.start();
  broker = await Broker.connect({ url: nats.url, name: 'sessions' });
  await assertStream(broker);
});

afterEach(async () => {
  await consumer?.stop();
  consumer = undefined;
});

afterAll(async () => {
  await broker.drain();
  await nats.end();
});

interface Followed {
  /** The ids of the events, each time that one was applied. */
  readonly applied: string[];
  /** How many were applied side by side, by turn. */
  readonly batches: number[];
}

/** Follows with a handler that applies what came in one turn together; `fails` says which events it refuses. */
function follow(gatherMs: number, fails: (id: string) => boolean = () => false): Followed {
  const [applied, batches]: [string[], number[]] = [[], []];
  let turn = 0;
  const apply = async ({ id }: { id: string }): Promise<void> => {
    if (turn === 0)
      setImmediate(() => {
        batches.push(turn);
        turn = 0;
      });
    turn += 1;
    await sleep(5);
    if (fails(id)) throw new Error('refused');
    applied.push(id);
  };
  const handlers = new Map([[contract.subject, { contract, batched: true, gatherMs, apply }]]);
  consumer = new EventConsumer(broker, handlers, 'stops', {
    service: 'sessions',
    deadLetter: () => Promise.resolve(),
    isOutage: () => false,
    onApplied: () => undefined,
    onFailed: () => undefined,
  });
  void consumer.start();
  return { applied, batches };
}

async function publish(count: number, subject: string = contract.subject): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  const text = (id: string) => JSON.stringify({ id, type: subject, subject: 'x', data: { version: 1 } });
  await Promise.all(ids.map((id) => broker.jetStream.publish(subject, text(id), { msgID: id })));
  return ids;
}

const allOf = (ids: readonly string[], { applied }: Followed) =>
  eventually('all events', () => Promise.resolve(ids.every((id) => applied.includes(id))));
const settled = () =>
  eventually('nothing to be under way', async () => {
    const { waiting, underWay } = await consumerState(broker, durable);
    return waiting + underWay === 0;
  });

describe('a consumer that gathers', () => {
  it('applies one event at once, and what rushes in few batches, each event once', async () => {
    const followed = follow(100);
    const [first] = await publish(1);
    await allOf([first ?? ''], followed);
    const ids: string[] = [];
    for (let burst = 0; burst < 20; burst += 1) {
      ids.push(...(await publish(60)));
      await sleep(10);
    }
    await allOf(ids, followed);
    await settled();
    expect(new Set(followed.applied)).toEqual(new Set([first, ...ids]));
    expect(followed.applied).toHaveLength(1 + ids.length);
    // Each turn waits for what a tenth of a second brings, on a busy machine not as much as on an idle one.
    expect(followed.batches.length).toBeLessThan(ids.length / 4);
  });

  it('takes a backlog in full batches without pauses', async () => {
    const ids = await publish(2_200);
    // One pause would be longer than this test may take.
    const followed = follow(600_000);
    await allOf(ids, followed);
    expect(followed.batches).toEqual([1, 1_000, 1_000, 199]);
  });

  it('goes on after the broker was killed, and after its store was lost', async () => {
    const followed = follow(20);
    const before = await publish(50);
    await allOf(before, followed);
    await nats.kill();
    await nats.start();
    await eventually('a connection', () => Promise.resolve(broker.isConnected()));
    const between = await publish(50);
    await allOf(between, followed);
    await nats.kill();
    nats.wipe();
    await nats.start();
    await eventually('the stream', () => assertStream(broker).then(Boolean, () => false));
    const after = await publish(50);
    await allOf(after, followed);
    await settled();
  });

  it('tries a failing event again and applies those beside it', async () => {
    const refused = new Map<string, number>();
    const tries = (id: string) => refused.set(id, (refused.get(id) ?? 0) + 1).get(id) ?? 0;
    const ids = Array.from({ length: 3 }, () => newId());
    const followed = follow(20, (id) => ids.includes(id) && tries(id) <= 2);
    const text = (id: string) => JSON.stringify({ id, subject: 'x', data: { version: 1 } });
    for (const id of ids) await broker.jetStream.publish(contract.subject, text(id), { msgID: id });
    const good = await publish(20);
    await allOf([...good, ...ids], followed);
    expect([...refused.values()]).toEqual([3, 3, 3]);
    await settled();
  });

  it('ends at once while it waits, and leaves nothing that was taken unsettled', async () => {
    const followed = follow(600_000);
    const ids = await publish(100);
    await allOf(ids, followed);
    await consumer?.stop();
    const next = await publish(1);
    const again = follow(20);
    await allOf(next, again);
    await settled();
    expect(again.applied).toEqual(next);
  });
});

describe('the filter of a consumer', () => {
  const filterOf = async () => {
    const { consumers } = await broker.streams();
    return (await consumers.info('events', durable)).config.filter_subject;
  };

  it('is the one subject that is applied, and of several what they have in common', async () => {
    const subjects = [contract.subject, 'evt.stops.other-changed.v1'];
    const { created } = await assertConsumer(broker, 'sessions', 'stops', subjects);
    expect(await filterOf()).toBe('evt.stops.>');
    expect(await assertConsumer(broker, 'sessions', 'stops', subjects.slice(0, 1))).toEqual({
      durable,
      created,
    });
    expect(await filterOf()).toBe(contract.subject);
  });

  it('keeps other events of the service away', async () => {
    const followed = follow(20);
    await publish(10, 'evt.stops.never-heard-of.v1');
    const ids = await publish(10);
    await allOf(ids, followed);
    await settled();
    expect(followed.applied).toEqual(expect.arrayContaining(ids));
    expect(followed.applied).toHaveLength(10);
  });
});
