import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchNats } from '../../../tools/dev/system/nats-watch.js';
import { LabBroker } from '../../integration/eventing/test-broker.js';
import { eventually } from '../../support/npm-start.js';

let broker: LabBroker;
let endWatch = (): void => undefined;
let timesHung = 0;

beforeAll(async () => {
  broker = await LabBroker.start();
  endWatch = watchNats({
    url: broker.url,
    seed: undefined,
    pauseMs: 50,
    // A busy machine holds up servers and tests for a second, too.
    patienceMs: 3_000,
    onHung: () => (timesHung += 1),
  });
});
afterAll(async () => {
  await broker.end();
});

it('finds out a nats-server that answers nothing, and leaves one alone that answers or is away', async () => {
  await sleep(500);
  await broker.kill();
  await sleep(1_000);
  await broker.start();
  await sleep(1_000);
  expect(timesHung).toBe(0);
  broker.signal('SIGSTOP');
  await eventually('the hung server to be found out', () => timesHung > 0);
});

it('ends also where it has hardly begun', async () => {
  const sockets = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
  broker.signal('SIGCONT');
  endWatch();
  await eventually('the watch to let go of its connection', () => sockets() === 0);
  watchNats({ url: broker.url, seed: undefined, onHung: () => undefined })();
  await sleep(500);
  await eventually('the second watch to let go', () => sockets() === 0);
});
