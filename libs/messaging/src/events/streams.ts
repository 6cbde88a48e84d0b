import { isDeepStrictEqual } from 'node:util';
import { AckPolicy, DeliverPolicy, DiscardPolicy, StorageType } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import type { Broker } from '../broker/broker.js';

/** The one stream of all events. Requests (`rpc.>`) never match it, else JetStream would answer them. */
export const eventStream = 'events';
export const eventSubjects = 'evt.>';

/** The stream is a copy of what Postgres holds; a week is enough for any consumer to come back. */
const maxAgeMs = 7 * 24 * 3_600_000;
/** Within it the broker drops a second publish of one event id; beyond it the inbox does. */
const duplicateWindowMs = 120_000;

/** After this an event that was not acknowledged, since its consumer died, is delivered again, in milliseconds. */
const ackWaitMs = 10_000;
/** Events under way at most, over all replicas of a consumer; the broker stops delivering beyond it, silently. */
const maxAckPending = 2_048;
/**
 * The broker never gives an event up by itself: it would do so without a word. The consumer counts and decides, and
 * keeps a dead letter (see `Settlement`).
 */
const maxDeliver = -1;

/**
 * Makes the stream, or brings an existing one to these settings. Repeating is harmless. One that has them is left alone:
 * nats-server 2.9 writes the time of its own start as the stream's with every change of settings, and so shows another
 * stream after its next start, which would have all events published again.
 * @returns when the stream was made, which tells it from another one of its name
 */
export async function assertStream(broker: Broker): Promise<string> {
  const manager = await broker.streams();
  const config = {
    name: eventStream,
    subjects: [eventSubjects],
    storage: StorageType.File,
    discard: DiscardPolicy.Old,
    max_age: nanos(maxAgeMs),
    duplicate_window: nanos(duplicateWindowMs),
    num_replicas: broker.streamReplicas,
  };
  const present = await manager.streams.info(eventStream).catch((error: unknown) => {
    if (isNotFound(error)) return undefined;
    throw error;
  });
  if (present === undefined) return (await manager.streams.add(config)).created;
  const asWanted = Object.entries(config).every(([name, value]) =>
    isDeepStrictEqual(present.config[name as keyof typeof config], value),
  );
  return asWanted ? present.created : (await manager.streams.update(eventStream, config)).created;
}

/** The id of the event at a place of the stream; null where there is none. */
export async function eventIdAt(broker: Broker, seq: number): Promise<string | null> {
  const manager = await broker.streams();
  try {
    const message = await manager.streams.getMessage(eventStream, { seq });
    return message?.header.get('Nats-Msg-Id') ?? null;
  } catch (error) {
    if (isNotFound(error) || isNoMessage(error)) return null;
    throw error;
  }
}

/** Whether the broker says that a stream or consumer does not exist. */
export function isNotFound(error: unknown): boolean {
  const name = error instanceof Error ? error.name : '';
  return (
    name === 'StreamNotFoundError' || name === 'ConsumerNotFoundError' || /not found/i.test(String(error))
  );
}

/** Whether the broker says that a stream has no such message. */
function isNoMessage(error: unknown): boolean {
  return /no message found/i.test(String(error));
}

/**
 * Makes the durable consumer `<service>-<source>` of one service's events, or brings it to these settings. Repeating is
 * harmless.
 * @param subjects what is applied: the events of one subject come alone; a broker before 2.10 takes one filter at most
 * @returns its name, and when it was made
 */
export async function assertConsumer(
  broker: Broker,
  service: string,
  source: string,
  subjects: readonly string[] = [],
): Promise<{ durable: string; created: string }> {
  const manager = await broker.streams();
  const durable = `${service}-${source}`;
  const [only = '', ...others] = subjects;
  const config = {
    durable_name: durable,
    filter_subject: only !== '' && others.length === 0 ? only : `evt.${source}.>`,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(ackWaitMs),
    max_deliver: maxDeliver,
    max_ack_pending: maxAckPending,
  };
  const { created } = await manager.consumers.add(eventStream, config).catch((error: unknown) => {
    // Brokers before 2.10 change it at once; newer ones need the flag that says it is there.
    if (/already exists/i.test(String(error))) return manager.consumers.update(eventStream, durable, config);
    throw error;
  });
  return { durable, created };
}

export interface ConsumerState {
  consumer: string;
  created: string;
  /** Events that wait for their first delivery, and those delivered and not settled. */
  waiting: number;
  underWay: number;
  /** Age of the oldest event that is not settled, in seconds. */
  seconds: number;
}

/** How far a consumer is behind. @throws where the broker does not know the consumer */
export async function consumerState(broker: Broker, durable: string): Promise<ConsumerState> {
  const manager = await broker.streams();
  const info = await manager.consumers.info(eventStream, durable);
  const behind = info.num_pending + info.num_ack_pending > 0;
  return {
    consumer: durable,
    created: info.created,
    waiting: info.num_pending,
    underWay: info.num_ack_pending,
    seconds: behind
      ? await ageOfNext(broker, info.ack_floor.stream_seq + 1, info.config.filter_subject ?? eventSubjects)
      : 0,
  };
}

/** The age of the first event of some subjects from a place on, in seconds. */
async function ageOfNext(broker: Broker, seq: number, subject: string): Promise<number> {
  const manager = await broker.streams();
  const next = { seq, next_by_subj: subject } as { seq: number };
  const message = await manager.streams.getMessage(eventStream, next).catch((error: unknown) => {
    if (isNoMessage(error)) return null;
    throw error;
  });
  return message === null ? 0 : Math.max(0, Date.now() - message.time.getTime()) / 1_000;
}

/** Deletes the stream with its consumers. Services make it anew, and fill it from their outboxes. @returns whether it was there */
export async function deleteStream(broker: Broker): Promise<boolean> {
  const manager = await broker.streams();
  try {
    return await manager.streams.delete(eventStream);
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
