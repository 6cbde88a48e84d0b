import type { Consumer, ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import type { Broker } from '../broker/broker.js';
import { EventPuller } from './event-puller.js';
import type { Delivery } from './settlement.js';

type Settle = (deliveries: readonly Delivery[]) => Promise<void>;

/** The way in which the events of one durable consumer come. */
export interface EventFlow {
  /** Settles all events, those that come together with one call, until the flow is closed or breaks. */
  run: (settle: Settle) => Promise<void>;
  /** Takes no further events. */
  close: () => Promise<void>;
}

/**
 * Events of one service applied side by side, and those fetched ahead, at most. Few, since each holds a database
 * connection meanwhile, and since the time of waiting here counts as the broker waits for the acknowledgement.
 */
export const sequentialLimits = { sideBySide: 4, prefetch: 32 };
/** The same where all that arrive together are applied in one transaction. */
export const batchedLimits = { sideBySide: 64, prefetch: 128 };
/** A fetch is repeated after this at the latest, so that one that a broker forgot is missed for a moment only. */
const fetchExpiresMs = 2_000;
const fetchHeartbeatMs = 500;

/** Takes each event as it comes. */
export class SteadyFlow implements EventFlow {
  private readonly underWay = new Set<Promise<void>>();

  private constructor(
    private readonly messages: ConsumerMessages,
    private readonly sideBySide: number,
  ) {}

  static async open(consumer: Consumer, limits: typeof sequentialLimits): Promise<SteadyFlow> {
    const messages = await consumer.consume({
      max_messages: limits.prefetch,
      expires: fetchExpiresMs,
      idle_heartbeat: fetchHeartbeatMs,
      abort_on_missing_resource: true,
    });
    return new SteadyFlow(messages, limits.sideBySide);
  }

  async run(settle: Settle): Promise<void> {
    for await (const message of this.messages) {
      const work: Promise<void> = settle([deliveryOf(message)]).finally(() => this.underWay.delete(work));
      this.underWay.add(work);
      if (this.underWay.size >= this.sideBySide) await Promise.race(this.underWay);
    }
  }

  async close(): Promise<void> {
    await this.messages.close().catch(() => undefined);
  }
}

function deliveryOf(message: JsMsg): Delivery {
  return {
    subject: message.subject,
    seq: message.seq,
    deliveries: message.info.deliveryCount,
    publishedAtMs: message.info.timestampNanos / 1e6,
    eventId: message.headers?.get('Nats-Msg-Id') || null,
    text: () => message.string(),
    ack: () => message.ack(),
    retryAfter: (ms) => message.nak(ms),
    terminate: () => message.term(),
  };
}

/** Events taken and applied together at most. */
const maxGathered = 1_000;
/** So many together are a rush; with fewer the pause is as much shorter. */
const rushSize = 50;
const idleWaitMs = 1_000;

/**
 * Takes events in large batches while they rush. One that finds the flow at rest is applied at once; then those that come
 * meanwhile are gathered, for longer the more come: `gatherMs` in a rush, a few milliseconds where they trickle.
 */
export class GatheredFlow implements EventFlow {
  private readonly puller: EventPuller;
  private closed = false;
  private wake: () => void = () => undefined;

  constructor(
    private readonly broker: Broker,
    durable: string,
    private readonly gatherMs: number,
  ) {
    this.puller = new EventPuller(broker, durable);
  }

  async run(settle: Settle): Promise<void> {
    try {
      while (!this.closed && this.broker.isConnected()) {
        const first = await this.puller.pull({ max: 1, waitMs: idleWaitMs });
        if (first.length > 0) await this.rush(first, settle);
      }
    } finally {
      this.puller.close();
    }
  }

  close(): Promise<void> {
    this.closed = true;
    this.puller.close();
    this.wake();
    return Promise.resolve();
  }

  private async rush(first: readonly Delivery[], settle: Settle): Promise<void> {
    for (let batch = first; batch.length > 0;) {
      const began = performance.now();
      await settle(batch);
      // A full batch says that more is waiting already.
      const pauseMs = this.gatherMs * Math.min(1, batch.length / rushSize);
      if (batch.length < maxGathered) await this.pause(pauseMs - (performance.now() - began));
      if (this.closed) return;
      batch = await this.puller.pull({ max: maxGathered });
    }
  }

  private async pause(ms: number): Promise<void> {
    if (this.closed || ms <= 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
