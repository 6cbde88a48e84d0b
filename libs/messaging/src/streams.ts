import { AckPolicy, DeliverPolicy, DiscardPolicy, StorageType } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import type { Broker } from './broker.js';

/** The one stream of all events. Requests (`rpc.>`) never match it, else JetStream would answer them. */
export const eventStream = 'events';
export const eventSubjects = 'evt.>';

/** The stream is a copy of what Postgres holds; a week is enough for any consumer to come back. */
const maxAgeMs = 7 * 24 * 3_600_000;
/** Within it the broker drops a second publish of one event id; beyond it the inbox does. */
const duplicateWindowMs = 120_000;

export interface ConsumerLimits {
  /** After this a message that was not acknowledged is delivered again. */
  ackWaitMs: number;
  /** Deliveries of one message at most. */
  maxDeliver: number;
  /** Messages under way at most; the broker stops delivering beyond it, silently. */
  maxAckPending: number;
}

export const consumerLimits: ConsumerLimits = { ackWaitMs: 30_000, maxDeliver: 20, maxAckPending: 256 };

/** Makes the stream, or brings an existing one to these settings. Repeating is harmless. */
export async function assertStream(broker: Broker): Promise<void> {
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
  const exists = await manager.streams.info(eventStream).then(
    () => true,
    (error: unknown) => missing(error),
  );
  if (exists) await manager.streams.update(eventStream, config);
  else await manager.streams.add(config);
}

function missing(error: unknown): false {
  if (isNotFound(error)) return false;
  throw error;
}

/** Whether the broker says that a stream or consumer does not exist. */
export function isNotFound(error: unknown): boolean {
  const name = error instanceof Error ? error.name : '';
  return (
    name === 'StreamNotFoundError' || name === 'ConsumerNotFoundError' || /not found/i.test(String(error))
  );
}

/** Makes the durable consumer `<service>-<source>` of one neighbour's events. Repeating is harmless. */
export async function assertConsumer(broker: Broker, service: string, source: string): Promise<string> {
  const manager = await broker.streams();
  const durable = `${service}-${source}`;
  await manager.consumers.add(eventStream, {
    durable_name: durable,
    filter_subject: `evt.${source}.>`,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(consumerLimits.ackWaitMs),
    max_deliver: consumerLimits.maxDeliver,
    max_ack_pending: consumerLimits.maxAckPending,
  });
  return durable;
}
