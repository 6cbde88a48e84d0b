import { createInbox, headers, type Msg } from '@nats-io/transport-node';
import type { Broker } from '../broker/broker.js';

export interface OutgoingEvent {
  /** Also the `Nats-Msg-Id`: within the stream's window a second publish is dropped. */
  id: string;
  subject: string;
  /** The CloudEvent as JSON text. */
  payload: string;
}

/** What the stream acknowledged, and where it put it. */
export interface AcknowledgedEvent {
  id: string;
  seq: number;
}

/** A stream that does not acknowledge within this is not there, or not able to, in milliseconds. */
const ackWithinMs = 5_000;
/** How often it is looked whether waiting for acknowledgements still makes sense. */
const connectionCheckMs = 250;

/** Events that were published together and wait for their acknowledgements. */
interface Batch {
  events: OutgoingEvent[];
  acknowledged: (AcknowledgedEvent & { duplicate: boolean })[];
  /** Replies that did not come yet, refusals included. */
  missing: number;
  done: () => void;
}

/**
 * Publishes events and waits for the stream's acknowledgements. The acknowledgements of all events come to one
 * subscription and are counted by batch: a request of its own for each event, with a promise and a timer, took more time
 * than the rest of the relay.
 */
export class EventPublisher {
  private readonly inbox: string;
  private readonly batches = new Map<number, Batch>();
  private nextBatch = 1;
  private highestSeq = 0;

  constructor(
    private readonly broker: Broker,
    /** Called when the stream seems to be another one than before, or to have lost its end. */
    private readonly onStreamSuspect: () => void = () => undefined,
  ) {
    this.inbox = createInbox(broker.inboxPrefix);
    broker.connection.subscribe(`${this.inbox}.*.*`, {
      callback: (error, reply) => {
        if (error === null) this.receiveReply(reply);
      },
    });
    broker.onReconnect(() => this.onStreamSuspect());
  }

  /**
   * Publishes all at once and waits for all acknowledgements (pipelined: one round trip, not one each).
   * @returns what the stream acknowledged; the others are to be tried again
   */
  async publish(events: OutgoingEvent[]): Promise<AcknowledgedEvent[]> {
    if (!this.broker.isConnected()) return [];
    const highestBefore = this.highestSeq;
    const { acknowledged } = await this.publishBatch(events);
    if (acknowledged.length < events.length) this.onStreamSuspect();
    this.checkOrder(acknowledged, highestBefore);
    return acknowledged.map(({ id, seq }) => ({ id, seq }));
  }

  private async publishBatch(events: OutgoingEvent[]): Promise<Batch> {
    const number = this.nextBatch;
    this.nextBatch += 1;
    const batch: Batch = { events, acknowledged: [], missing: events.length, done: () => undefined };
    const replied = new Promise<void>((resolve) => {
      batch.done = resolve;
    });
    this.batches.set(number, batch);
    const deadlineMs = Date.now() + ackWithinMs;
    const look = setInterval(() => {
      if (Date.now() > deadlineMs || !this.broker.isConnected()) batch.done();
    }, connectionCheckMs);
    try {
      for (const [index, event] of events.entries()) this.send(event, `${this.inbox}.${number}.${index}`);
      await replied;
    } finally {
      clearInterval(look);
      this.batches.delete(number);
    }
    return batch;
  }

  private send({ id, subject, payload }: OutgoingEvent, reply: string): void {
    const marked = headers();
    marked.set('Nats-Msg-Id', id);
    this.broker.connection.publish(subject, payload, { reply, headers: marked });
  }

  /** One reply: an acknowledgement, a refusal, or the word that no stream listens. */
  private receiveReply(reply: Msg): void {
    const [batchNumber, index] = reply.subject.slice(this.inbox.length + 1).split('.');
    const batch = this.batches.get(Number(batchNumber));
    const event = batch?.events[Number(index)];
    if (batch === undefined || event === undefined) return;
    const ack = readAck(reply);
    if (ack !== undefined) batch.acknowledged.push({ id: event.id, ...ack });
    batch.missing -= 1;
    if (batch.missing === 0) batch.done();
  }

  /** A stream counts upwards; one that gives out an old number again has lost what had it. */
  private checkOrder(acknowledged: { seq: number; duplicate: boolean }[], highestBefore: number): void {
    const fresh = acknowledged.filter((one) => !one.duplicate).map((one) => one.seq);
    if (fresh.length === 0) return;
    const wentBack = Math.min(...fresh) <= highestBefore;
    this.highestSeq = Math.max(...fresh, wentBack ? 0 : this.highestSeq);
    if (wentBack) this.onStreamSuspect();
  }
}

/** @returns undefined for anything but an acknowledgement of a stream */
function readAck(reply: Msg): { seq: number; duplicate: boolean } | undefined {
  if (reply.data.length === 0) return undefined;
  try {
    const ack = reply.json<{ stream?: string; seq?: number; duplicate?: boolean }>();
    if (!ack.stream || !ack.seq) return undefined;
    return { seq: ack.seq, duplicate: ack.duplicate === true };
  } catch {
    return undefined;
  }
}
