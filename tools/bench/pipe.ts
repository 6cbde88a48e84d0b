import { Broker, EventPublisher, assertConsumer, assertStream, eventStream } from '#messaging';
import { OutboxRelay, SqlOutbox, UnitOfWork, createDataSource, newId } from '#persistence';
import { stopChanged } from '#contracts';
import { median, quantile } from './report.js';

type DataSource = ReturnType<typeof createDataSource>;

export interface RelaySpeed {
  rowsPerSecond: number;
  barePerSecond: number;
  /** What the relay reaches of a publisher that reads and marks nothing. */
  ratio: number;
}

export interface PipeLatency {
  p50Ms: number;
  p99Ms: number;
  samples: number;
}

/** The databases and the stream of a bench are its own: an empty migrated database, a broker that nobody else uses. */
export interface PipeServers {
  databaseUrl: string;
  natsUrl: string;
  natsSeed: string;
}

/** Publishes under way at once of the bare publisher: more than this makes it no quicker. */
const bareWindow = 1_000;
const state = JSON.stringify({ data: { text: '参加交流会的代表团 '.repeat(25), version: 1 } });

/** Rows a second through the relay, and events a second of a bare pipelined publisher, in turns in the same run. */
export async function measureRelay(servers: PipeServers, rows = 20_000, turns = 3): Promise<RelaySpeed> {
  return onPipe(servers, async (source, broker) => {
    await publishBare(broker, rows / 4);
    const relayed: number[] = [];
    const bare: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      bare.push(await publishBare(broker, rows));
      relayed.push(await relayAll(source, broker, rows));
    }
    const [rowsPerSecond, barePerSecond] = [median(relayed), median(bare)];
    return { rowsPerSecond, barePerSecond, ratio: rowsPerSecond / barePerSecond };
  });
}

async function publishBare(broker: Broker, count: number): Promise<number> {
  const payload = new TextEncoder().encode(state);
  let next = 0;
  const publishInTurn = async () => {
    for (; next < count;) {
      next += 1;
      await broker.jetStream.publish(stopChanged.subject, payload, { msgID: newId(), retries: 0 });
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: bareWindow }, publishInTurn));
  return (count * 1_000) / (performance.now() - began);
}

async function relayAll(source: DataSource, broker: Broker, rows: number): Promise<number> {
  await source.query(
    `INSERT INTO outbox (id, subject, aggregate_id, payload)
     SELECT gen_random_uuid(), $1, 'bench', $2 FROM generate_series(1, $3::integer)`,
    [stopChanged.subject, state, rows],
  );
  const publisher = new EventPublisher(broker);
  const relay = new OutboxRelay(new SqlOutbox(source), (events) => publisher.publish(events), {
    failure: (error) => console.error(error),
    recovery: () => undefined,
  });
  const began = performance.now();
  await relay.emptied();
  return (rows * 1_000) / (performance.now() - began);
}

/** Time from the answer of a commit to the arrival of its event at an idle consumer. */
export async function measurePipeLatency(servers: PipeServers, samples = 500): Promise<PipeLatency> {
  return onPipe(servers, async (source, broker) => {
    const arrivals = await listen(broker);
    const publisher = new EventPublisher(broker);
    const relay = new OutboxRelay(new SqlOutbox(source), (events) => publisher.publish(events), {
      failure: (error) => console.error(error),
      recovery: () => undefined,
    });
    const unitOfWork = new UnitOfWork(source, () => relay.wake());
    relay.start();
    const tookMs: number[] = [];
    for (let sample = 0; sample < samples; sample += 1) {
      const id = newId();
      const arrived = arrivals.of(id);
      await unitOfWork.transaction((_, recorded) => {
        recorded.emit(stopChanged, id, { version: 1 } as never);
        return Promise.resolve();
      });
      const committed = performance.now();
      tookMs.push((await arrived) - committed);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await relay.stop();
    await arrivals.end();
    return { p50Ms: quantile(tookMs, 0.5), p99Ms: quantile(tookMs, 0.99), samples };
  });
}

/** Hears aggregates' ids arrive at a durable consumer. */
async function listen(broker: Broker) {
  const { durable } = await assertConsumer(broker, 'bench', 'stops');
  const consumer = await broker.jetStream.consumers.get(eventStream, durable);
  const messages = await consumer.consume({ max_messages: 32 });
  const waiting = new Map<string, (atMs: number) => void>();
  const heard = (async () => {
    for await (const message of messages) {
      const atMs = performance.now();
      const { subject } = message.json<{ subject?: string }>();
      waiting.get(subject ?? '')?.(atMs);
      message.ack();
    }
  })();
  return {
    of: (id: string) => new Promise<number>((resolve) => waiting.set(id, resolve)),
    end: async () => {
      await messages.close();
      await heard;
    },
  };
}

async function onPipe<T>(
  servers: PipeServers,
  work: (source: DataSource, broker: Broker) => Promise<T>,
): Promise<T> {
  const source = createDataSource({ url: servers.databaseUrl, name: 'bench', poolSize: 10 });
  await source.initialize();
  await source.runMigrations();
  const broker = await Broker.connect({ url: servers.natsUrl, name: 'operator', nkeySeed: servers.natsSeed });
  try {
    await assertStream(broker);
    await (await broker.streams()).streams.purge(eventStream);
    return await work(source, broker);
  } finally {
    await broker.drain();
    await source.destroy();
  }
}
