import type { Broker } from './broker.js';

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
const encoder = new TextEncoder();

/** Publishes events and waits for the stream's acknowledgements. */
export class EventPublisher {
  private highestSeq = 0;

  constructor(
    private readonly broker: Broker,
    /** Called when the stream seems to be another one than before, or to have lost its end. */
    private readonly onDoubt: () => void = () => undefined,
  ) {
    broker.onReconnect(() => this.onDoubt());
  }

  /**
   * Publishes all at once and waits for all acknowledgements (pipelined: one round trip, not one each).
   * @returns what the stream acknowledged; the others are to be tried again
   */
  async publish(events: OutgoingEvent[]): Promise<AcknowledgedEvent[]> {
    if (!this.broker.isConnected()) return [];
    const highestBefore = this.highestSeq;
    const results = await Promise.allSettled(events.map((event) => this.publishOne(event)));
    const acknowledged = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
    if (acknowledged.length < events.length) this.onDoubt();
    this.watchOrder(acknowledged, highestBefore);
    return acknowledged.map(({ id, seq }) => ({ id, seq }));
  }

  private async publishOne({ id, subject, payload }: OutgoingEvent) {
    const options = { msgID: id, retries: 0, timeout: ackWithinMs };
    const ack = await this.broker.jetStream.publish(subject, encoder.encode(payload), options);
    return { id, seq: ack.seq, duplicate: ack.duplicate };
  }

  /** A stream counts upwards; one that gives out an old number again has lost what had it. */
  private watchOrder(acknowledged: { seq: number; duplicate: boolean }[], highestBefore: number): void {
    const fresh = acknowledged.filter((one) => !one.duplicate).map((one) => one.seq);
    if (fresh.length === 0) return;
    const wentBack = Math.min(...fresh) <= highestBefore;
    this.highestSeq = Math.max(...fresh, wentBack ? 0 : this.highestSeq);
    if (wentBack) this.onDoubt();
  }
}
