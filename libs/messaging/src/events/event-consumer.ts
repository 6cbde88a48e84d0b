import type { ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import type { Broker } from '../broker/broker.js';
import { Settlement, type Delivery, type DeliveryOptions, type EventSubscription } from './settlement.js';
import {
  assertConsumer,
  assertStream,
  consumerState,
  eventStream,
  isNotFound,
  type ConsumerState,
} from './streams.js';

export interface EventConsumerOptions extends Omit<
  DeliveryOptions,
  'outageOver' | 'onApplied' | 'onIgnored'
> {
  service: string;
  /** Throws while our own database is away; where it is missing, an outage is over after a pause. */
  probe?: () => Promise<void>;
  onApplied: (subject: string, lagSeconds: number) => void;
  onIgnored?: (subject: string) => void;
  onState?: (state: ConsumerState) => void;
}

/**
 * Events of one service applied side by side, and those fetched ahead, at most. Few, since each holds a database
 * connection meanwhile, and since the time of waiting here counts as the broker waits for the acknowledgement.
 */
const sequentialLimits = { sideBySide: 4, prefetch: 32 };
/** The same where all that arrive together are applied in one transaction. */
const batchedLimits = { sideBySide: 64, prefetch: 128 };
/** A fetch is repeated after this at the latest, so that one that a broker forgot is missed for a moment only. */
const fetchExpiresMs = 2_000;
const fetchHeartbeatMs = 500;
const outageProbeMs = 500;
const restartDelayMs = 250;
/** How often the consumer is looked for on the broker, where it may have been deleted or made anew. */
const watchMs = 1_000;

/** A durable pull consumer of one service's events: acknowledges after the handler has committed. */
export class EventConsumer {
  private messages: ConsumerMessages | undefined;
  private stopped = false;
  private loop: Promise<void> = Promise.resolve();
  private outage: Promise<boolean> | undefined;
  private readonly underWay = new Set<Promise<void>>();
  private readonly limits: typeof sequentialLimits;

  constructor(
    private readonly broker: Broker,
    private readonly handlers: ReadonlyMap<string, EventSubscription>,
    private readonly source: string,
    private readonly options: EventConsumerOptions,
  ) {
    const own = [...handlers.values()].filter(({ contract }) =>
      contract.subject.startsWith(`evt.${source}.`),
    );
    this.limits = own.every(({ batched }) => batched) ? batchedLimits : sequentialLimits;
  }

  /** Starts consuming; waits for a broker that is away, without holding up the process. */
  start(): Promise<void> {
    this.loop = this.run();
    return Promise.resolve();
  }

  /** Takes no further messages and waits until those under way are committed and acknowledged. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.messages?.close().catch(() => undefined);
    await this.loop;
    await Promise.all(this.underWay);
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        if (this.broker.isConnected()) await this.consumeUntilBroken();
      } catch (error) {
        this.options.onFailed(`evt.${this.source}.>`, error);
      }
      if (!this.stopped) await pause(restartDelayMs);
    }
  }

  /** Stream and consumer are asserted at every (re)start of the loop, so they come back when they vanish. */
  private async consumeUntilBroken(): Promise<void> {
    await assertStream(this.broker);
    const { durable, created } = await assertConsumer(this.broker, this.options.service, this.source);
    const consumer = await this.broker.jetStream.consumers.get(eventStream, durable);
    if (this.stopped) return;
    const messages = await consumer.consume({
      max_messages: this.limits.prefetch,
      expires: fetchExpiresMs,
      idle_heartbeat: fetchHeartbeatMs,
      abort_on_missing_resource: true,
    });
    this.messages = messages;
    const watch = setInterval(() => void this.watch(messages, durable, created), watchMs);
    const era = { over: false };
    try {
      await this.consume(messages, this.settlementOf(durable), era);
    } finally {
      clearInterval(watch);
      era.over = !this.stopped;
    }
  }

  private async consume(messages: ConsumerMessages, desk: Settlement, era: ConsumerSession): Promise<void> {
    for await (const message of messages) {
      this.track(desk.settle(deliveryOf(message, era)));
      if (this.underWay.size >= this.limits.sideBySide) await Promise.race(this.underWay);
    }
  }

  private track(work: Promise<void>): void {
    this.underWay.add(work);
    void work.finally(() => this.underWay.delete(work));
  }

  private settlementOf(durable: string): Settlement {
    return new Settlement(durable, this.handlers, {
      ...this.options,
      onIgnored: (subject) => this.options.onIgnored?.(subject),
      outageOver: () => this.outageOver(),
      onApplied: ({ subject, publishedAtMs }) =>
        this.options.onApplied(subject, Math.max(0, Date.now() - publishedAtMs) / 1_000),
    });
  }

  /** All events under way wait for the same end of the outage. */
  private outageOver(): Promise<boolean> {
    this.outage ??= this.probeUntilOver().finally(() => {
      this.outage = undefined;
    });
    return this.outage;
  }

  private async probeUntilOver(): Promise<boolean> {
    while (!this.stopped) {
      await pause(outageProbeMs);
      const answers = await (this.options.probe?.() ?? Promise.resolve()).then(
        () => true,
        () => false,
      );
      if (answers) return true;
    }
    return false;
  }

  /** Ends the loop when the broker no longer knows the consumer, or knows another one of this name. */
  private async watch(messages: ConsumerMessages, durable: string, created: string): Promise<void> {
    if (!this.broker.isConnected()) return;
    try {
      const state = await consumerState(this.broker, durable);
      if (state.created === created) this.options.onState?.(state);
      else await messages.close();
    } catch (error) {
      if (isNotFound(error)) await messages.close();
    }
  }
}

/** The time for which one consumer of the broker lives. */
interface ConsumerSession {
  over: boolean;
}

/**
 * What is settled after its consumer's end is settled for nobody: a stream that was made anew counts from one again, and
 * would take the word for another event of the same number.
 */
function deliveryOf(message: JsMsg, era: ConsumerSession): Delivery {
  const inTime = (settle: () => void) => {
    if (!era.over) settle();
  };
  return {
    subject: message.subject,
    seq: message.seq,
    deliveries: message.info.deliveryCount,
    publishedAtMs: message.info.timestampNanos / 1e6,
    eventId: message.headers?.get('Nats-Msg-Id') || null,
    text: () => message.string(),
    ack: () => inTime(() => message.ack()),
    retryAfter: (ms) => inTime(() => message.nak(ms)),
    terminate: () => inTime(() => message.term()),
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
