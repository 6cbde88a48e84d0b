import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Msg } from '@nats-io/transport-node';
import { getCompanyStates, getStopState, Problem, systemCaller } from '../../../libs/contracts/src/index.js';
import { Broker, Rpc } from '../../../libs/messaging/src/index.js';
import { newId } from '../../../libs/persistence/src/index.js';
import { ownNats } from '../../support/own-servers.js';
import { answerAsServices } from '../../support/stub-services.js';

let natsUrl: string;
let asker: Broker;
let witness: Broker;
const closings: (() => Promise<unknown>)[] = [];
/** What passed the broker, by subject. */
const seen: { subject: string; text: string }[] = [];

beforeAll(async () => {
  const nats = await ownNats();
  natsUrl = nats.url;
  asker = await Broker.connect({ url: natsUrl, name: 'gateway' });
  witness = await Broker.connect({ url: natsUrl, name: 'witness' });
  for (const subject of ['rpc.>', '_INBOX_gateway.>'])
    witness.connection.subscribe(subject, {
      callback: (_error, message: Msg) => {
        seen.push({ subject: message.subject, text: message.string() });
      },
    });
  await witness.connection.flush();
  closings.push(
    () => asker.drain(),
    () => witness.drain(),
    nats.stop,
  );
});
afterAll(async () => {
  for (const close of closings) await close();
});
beforeEach(() => void seen.splice(0));

const ids = (count: number) => Array.from({ length: count }, () => newId());
const call = (deadlineInMs = 60_000) => ({
  caller: systemCaller,
  requestId: 'test',
  deadlineMs: Date.now() + deadlineInMs,
});

describe('requests of one turn', () => {
  const late = newId();
  const wrong = newId();
  const long = newId();
  let stop: () => Promise<void>;
  /** What is late is answered once the test lets it. */
  let answerLate: () => void = () => undefined;
  let released = Promise.resolve();
  beforeEach(() => {
    released = new Promise((resolve) => (answerLate = resolve));
  });

  beforeAll(async () => {
    const service = await Broker.connect({ url: natsUrl, name: 'stops' });
    const played = await answerAsServices(service, [
      [
        getStopState,
        async ({ id }: { id: string }) => {
          if (id === late) await released;
          if (id === wrong) throw new Problem('resource.not_found', `There is no ${id}.`);
          return { stop: null, asked: id === long ? id.padEnd(300_000, '站') : id };
        },
      ],
      [getCompanyStates, ({ ids: asked }: { ids: string[] }) => ({ companies: [], asked })],
    ]);
    stop = async () => {
      await played();
      await service.drain();
    };
  });
  afterAll(() => stop());

  const ask = (rpc: Rpc, id: string) => rpc.call(getStopState, { id }, call()) as Promise<unknown>;

  it('leave in one message, and so do their answers', async () => {
    const rpc = new Rpc(asker);
    const asked = ids(20);
    expect(await Promise.all(asked.map((id) => ask(rpc, id)))).toEqual(
      asked.map((id) => ({ stop: null, asked: id })),
    );
    await witness.connection.flush();
    expect(seen.map(({ subject }) => subject.split('.')[0])).toEqual(['rpc', '_INBOX_gateway']);
  });

  it('get their own answers: a refusal, a late one and a long one are nobody else’s', async () => {
    const rpc = new Rpc(asker);
    const asked = [...ids(5), late, wrong, long, ...ids(5)];
    const answers = asked.map((id) => ask(rpc, id).catch((error: unknown) => error));
    const [first] = await Promise.all([answers[0], answers[12]]);
    expect(first).toEqual({ stop: null, asked: asked[0] });
    let lateAnswered = false;
    void answers[5]?.then(() => (lateAnswered = true));
    await Promise.resolve();
    expect(lateAnswered).toBe(false);
    answerLate();
    const settled = await Promise.all(answers);
    expect(settled[5]).toEqual({ stop: null, asked: late });
    expect(settled[6]).toMatchObject({ code: 'resource.not_found', detail: `There is no ${wrong}.` });
    expect(settled[7]).toEqual({ stop: null, asked: long.padEnd(300_000, '站') });
    expect(settled.slice(8)).toEqual(asked.slice(8).map((id) => ({ stop: null, asked: id })));
  });

  it('travel by what they ask for, 64 at most together, and a long one alone', async () => {
    const rpc = new Rpc(asker);
    const many = ids(400);
    await Promise.all([
      ...ids(100).map((id) => ask(rpc, id)),
      rpc.call(getCompanyStates, { ids: many }, call()),
      rpc.call(getCompanyStates, { ids: ids(1) }, call()),
    ]);
    await witness.connection.flush();
    const requests = seen.filter(({ subject }) => subject.startsWith('rpc.'));
    const sizes = requests.map(({ subject, text }) => {
      const read = JSON.parse(text) as unknown;
      return [subject, Array.isArray(read) ? read.length : 'alone'];
    });
    expect(sizes).toEqual([
      [getStopState.subject, 64],
      [getStopState.subject, 36],
      [getCompanyStates.subject, 'alone'],
      [getCompanyStates.subject, 'alone'],
    ]);
  });

  it('are refused one by one when the time of each is over', async () => {
    const rpc = new Rpc(asker);
    const impatient = rpc.call(getStopState, { id: late }, call(50)).catch((error: unknown) => error);
    const patient = ask(rpc, late);
    expect(await impatient).toMatchObject({ code: 'service.unavailable' });
    answerLate();
    expect(await patient).toEqual({ stop: null, asked: late });
  });
});

it('that nobody is there is said to each of them, whatever time it has', async () => {
  await witness.drain();
  const rpc = new Rpc(asker);
  const asked = ids(3).map((id) =>
    rpc.call(getStopState, { id }, call(600_000)).catch((error: unknown) => error),
  );
  for (const refusal of await Promise.all(asked))
    expect(refusal).toMatchObject({ code: 'service.unavailable' });
});
