import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../../../libs/persistence/src/index.js';
import { streamLosses } from '../../../libs/service/src/metrics.js';
import { eventually } from '../../support/npm-start.js';
import { LabBroker } from './test-broker.js';
import { LabServices, thingChanged, trouble } from './test-services.js';

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

beforeEach(() => {
  trouble.failing.clear();
  trouble.tries = 0;
});

const settled = () => eventually('the copies to be equal', () => lab.inSync(), 180_000);

function envelope(data: object, id = newId()): { id: string; text: string } {
  const members = { specversion: '1.0', id, source: '/waystop/stops', type: thingChanged.subject };
  return { id, text: JSON.stringify({ ...members, subject: 'x', time: new Date().toISOString(), data }) };
}

/** Puts bytes into the stream as no relay would. */
async function publish(text: string, subject = thingChanged.subject, msgID = newId()): Promise<void> {
  await lab.broker.jetStream.publish(subject, text, { msgID });
}

describe('the way from a commit to another service', () => {
  it('carries every event once', async () => {
    await lab.write(1_200, 'first');
    await settled();
    expect(await lab.count('sessions', 'effects')).toBe(1_200);
    expect(await lab.count('stops', 'outbox_queue')).toBe(0);
  });

  it('takes duplicates and changes of order for what they are', async () => {
    const id = newId();
    const events = [3, 1, 4, 2].map((version) => envelope({ id, value: `v${version}`, version }));
    const effects = await lab.count('sessions', 'effects');
    for (let round = 0; round < 10; round += 1) for (const { text } of events) await publish(text);
    const applied = async () => (await lab.count('sessions', 'effects')) === effects + 4;
    await eventually('four effects', applied);
    await eventually('all deliveries to be settled', async () => (await unsettled()) === 0);
    expect(await lab.count('sessions', 'effects')).toBe(effects + 4);
    expect(await lab.count('sessions', `copies WHERE id = '${id}' AND value = 'v4' AND version = 4`)).toBe(1);
  });

  it('buries poison at once, whatever its bytes, passes by unknown types, and reads newer schemas', async () => {
    const id = newId();
    await publish('not JSON');
    await publish('a NUL \u0000 in it');
    await publish(envelope({ id, value: 'no version' }).text);
    await publish(envelope({ id, value: 'no id', version: 1 }, 'x').text);
    await publish('{}', 'evt.stops.never-heard-of.v1');
    await publish(envelope({ id, value: 'newer', version: 1, colour: { of: 'later' } }).text);
    const arrived = async () => (await lab.count('sessions', `copies WHERE value = 'newer'`)) === 1;
    await eventually('the good event', arrived);
    await eventually('four letters', async () => (await lab.count('sessions', 'dead_letters')) === 4);
    expect(await lab.count('sessions', 'dead_letters WHERE deliveries = 1')).toBe(4);
    await lab.of('sessions').dataSource.query('DELETE FROM dead_letters');
  });

  it('tries a failing event five times, keeps it, and lets the rest flow meanwhile', async () => {
    trouble.failing.add('bad');
    await lab.write(1, 'bad');
    await lab.write(50, 'good');
    await eventually(
      'the rest',
      async () => (await lab.count('sessions', `copies WHERE value = 'good'`)) === 50,
    );
    await eventually('the letter', async () => (await lab.count('sessions', 'dead_letters')) === 1);
    expect(trouble.tries).toBe(5);
    trouble.failing.clear();
    await lab.of('sessions').dataSource.query('UPDATE dead_letters SET replay_requested_at = now()');
    await settled();
    await eventually('no letter', async () => (await lab.count('sessions', 'dead_letters')) === 0);
  });
});

describe('what the broker loses', () => {
  it('comes back when a consumer is deleted under its feet', async () => {
    const manager = await lab.broker.streams();
    await manager.consumers.delete('events', 'sessions-stops');
    await lab.write(20, 'after the consumer');
    await settled();
  });

  it('comes back when the stream is deleted while events wait in it', async () => {
    await lab.stopOne('sessions');
    await lab.write(300, 'in the stream');
    await eventually('all published', nothingWaits);
    await (await lab.broker.streams()).streams.delete('events');
    await lab.startOne('sessions');
    await settled();
  });

  it('comes back when the stream is deleted with both sides running', async () => {
    await (await lab.broker.streams()).streams.delete('events');
    await lab.write(20, 'after the stream');
    await settled();
    // Else everything that the lost stream had would go out again every few seconds, for good.
    await eventually(
      'nothing more to publish again',
      async () => (await lab.count('stops', 'stream_seen WHERE republish_before IS NOT NULL')) === 0,
    );
  });

  it('comes back when the broker dies and its store is wiped', async () => {
    await lab.stopOne('sessions');
    await lab.write(300, 'in the store');
    await eventually('all published', nothingWaits);
    await nats.kill();
    nats.wipe();
    await lab.write(10, 'while it is away');
    await nats.start();
    await lab.startOne('sessions');
    await settled();
  });

  it('publishes nothing again when the broker was only restarted', async () => {
    const restart = async () => {
      await nats.kill('SIGTERM');
      await nats.start();
      await lab.write(1, 'after a restart');
      await settled();
    };
    // The first time a service looks at a stream, it has not seen it before either.
    await restart();
    const before = await lossesSeen();
    for (let count = 0; count < 2; count += 1) await restart();
    expect(await lossesSeen()).toBe(before);
  });

  it('comes back when the stream has lost its end', async () => {
    await lab.write(10, 'kept');
    await settled();
    await nats.kill('SIGTERM');
    nats.copyStore();
    await nats.start();
    await lab.stopOne('sessions');
    await lab.write(100, 'acknowledged, not kept');
    await eventually('all published', nothingWaits);
    await nats.kill('SIGTERM');
    nats.restoreStore();
    await nats.start();
    await lab.startOne('sessions');
    await settled();
  });
});

describe('the follower without its database', () => {
  it('waits, gives nothing back and buries nothing', async () => {
    const letters = await lab.count('sessions', 'dead_letters');
    const proxy = lab.proxyOf('sessions');
    await proxy.cut();
    await lab.write(100, 'meanwhile');
    const look = async () => (await lab.broker.streams()).consumers.info('events', 'sessions-stops');
    await eventually('events to be held', async () => (await look()).num_ack_pending > 0);
    await sleep(4_000);
    const info = await look();
    await proxy.open();
    await settled();
    expect(info.num_ack_pending).toBeGreaterThan(0);
    expect(info.num_redelivered).toBe(0);
    expect(await lab.count('sessions', 'dead_letters')).toBe(letters);
  });
});

async function nothingWaits(): Promise<boolean> {
  return (await lab.count('stops', 'outbox_queue')) === 0;
}

async function unsettled(): Promise<number> {
  const info = await (await lab.broker.streams()).consumers.info('events', 'sessions-stops');
  return info.num_pending + info.num_ack_pending;
}

async function lossesSeen(): Promise<number> {
  return (await streamLosses.get()).values[0]?.value ?? 0;
}
