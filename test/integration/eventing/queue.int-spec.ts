import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { getStopState, Problem, systemCaller } from '../../../libs/contracts/src/index.js';
import { Broker, Rpc } from '../../../libs/messaging/src/index.js';
import { ownNats } from '../../support/own-servers.js';
import { answerAsServices } from '../../support/stub-services.js';

const limit = 100;
const probes = 40;
let asker: Broker;
let answerer: Broker;
let stopNats: () => Promise<void>;
let release = (): void => undefined;

beforeAll(async () => {
  const nats = await ownNats();
  stopNats = nats.stop;
  asker = await Broker.connect({ url: nats.url, name: 'gateway' });
  answerer = await Broker.connect({ url: nats.url, name: 'stops' });
  const released = new Promise<void>((resolve) => (release = resolve));
  // The handler does not come to an answer, as with a database that stands still.
  const answer = async () => {
    await released;
    return { stop: null };
  };
  await answerAsServices(answerer, [[getStopState, answer]], limit);
});
afterAll(async () => {
  await asker.drain();
  await answerer.drain();
  await stopNats();
});

it('beyond its queue a process refuses at once, and answers what waits in it', async () => {
  const rpc = new Rpc(asker);
  const ask = () =>
    rpc.call(
      getStopState,
      { id: '0199a1b2-0000-7000-8000-00000000abcd' },
      { caller: systemCaller, requestId: 'test', deadlineMs: Date.now() + 120_000 },
    );
  const waiting = Array.from({ length: limit }, ask);
  const took: number[] = [];
  for (let probe = 0; probe < probes; probe += 1) {
    const began = performance.now();
    const refusal: unknown = await ask().catch((error: unknown) => error);
    took.push(performance.now() - began);
    expect(refusal).toBeInstanceOf(Problem);
    expect(refusal).toMatchObject({ code: 'service.unavailable', extra: { retryAfterSeconds: 1 } });
  }
  // At once means without waiting for an answer that comes after two minutes; the machine may do other things meanwhile.
  expect(took.sort((a, b) => a - b)[probes >> 1]).toBeLessThan(5_000);
  release();
  expect(await Promise.all(waiting)).toEqual(Array(limit).fill({ stop: null }));
});
