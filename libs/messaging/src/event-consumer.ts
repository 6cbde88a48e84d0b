import type { ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import type { EventContract, EventEnvelope } from '#contracts';
import type { Broker } from './broker.js';
import { assertConsumer, assertStream, consumerLimits, eventStream } from './streams.js';
import { decode } from './wire.js';

export interface EventHandler {
  contract: EventContract;
  apply: (event: EventEnvelope) => Promise<unknown>;
}

/** An event that could not be applied, as it is put aside. */
export interface DeadLetter {
  consumer: string;
  subject: string;
  eventId: string | null;
  payload: string;
  reason: string;
  deliveries: number;
}

export interface EventConsumerOptions {
  service: string;
  /** Keeps a dead letter durably; called before the message is taken out of the stream's hands. */
  bury: (letter: DeadLetter) => Promise<void>;
  /** Whether an error says that our own database is away, so that waiting helps and the event is not to blame. */
  isOutage: (error: unknown) => boolean;
  onApplied: (subject: string, lagSeconds: number) => void;
  onFailed: (subject: string, error: unknown) => void;
}

/** Waits between the deliveries of one failing event, in milliseconds; after the last it is a dead letter. */
export const retryDelaysMs = [100, 500, 2_000, 5_000];
/** Events of one neighbour applied side by side; each holds a database connection meanwhile. */
const maxConcurrentEvents = 4;
const outageDelayMs = 2_000;
const restartDelayMs = 500;

/** A durable pull consumer of one neighbour's events: acknowledges after the handler has committed. */
export class EventConsumer {
  private messages: ConsumerMessages | undefined;
  private stopped = false;
  private loop: Promise<void> = Promise.resolve();
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly broker: Broker,
    private readonly handlers: Map<string, EventHandler>,
    private readonly source: string,
    private readonly options: EventConsumerOptions,
  ) {}

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
        await this.consumeUntilBroken();
      } catch (error) {
        this.options.onFailed(`evt.${this.source}.>`, error);
      }
      if (!this.stopped) await new Promise((resolve) => setTimeout(resolve, restartDelayMs));
    }
  }

  /** Stream and consumer are asserted at every (re)start of the loop, so they come back when they vanish. */
  private async consumeUntilBroken(): Promise<void> {
    await assertStream(this.broker);
    const durable = await assertConsumer(this.broker, this.options.service, this.source);
    const consumer = await this.broker.jetStream.consumers.get(eventStream, durable);
    if (this.stopped) return;
    this.messages = await consumer.consume({
      max_messages: consumerLimits.maxAckPending,
      abort_on_missing_resource: true,
    });
    for await (const message of this.messages) {
      this.track(this.handle(durable, message));
      if (this.underWay.size >= maxConcurrentEvents) await Promise.race(this.underWay);
    }
  }

  private track(work: Promise<void>): void {
    this.underWay.add(work);
    void work.finally(() => this.underWay.delete(work));
  }

  private async handle(consumer: string, message: JsMsg): Promise<void> {
    try {
      const handler = this.handlers.get(message.subject);
      if (handler !== undefined) await handler.apply(parse(handler.contract, message));
      message.ack();
      this.options.onApplied(message.subject, secondsSince(message));
    } catch (error) {
      this.options.onFailed(message.subject, error);
      await this.retryOrBury(consumer, message, error).catch(() => message.nak(outageDelayMs));
    }
  }

  private async retryOrBury(consumer: string, message: JsMsg, error: unknown): Promise<void> {
    if (this.options.isOutage(error)) {
      message.nak(outageDelayMs);
      return;
    }
    const delayMs = error instanceof PoisonEvent ? undefined : retryDelaysMs[message.info.deliveryCount - 1];
    if (delayMs !== undefined) {
      message.nak(delayMs);
      return;
    }
    await this.options.bury({
      consumer,
      subject: message.subject,
      eventId: message.headers?.get('Nats-Msg-Id') ?? null,
      payload: message.string(),
      reason: error instanceof Error ? error.message : String(error),
      deliveries: message.info.deliveryCount,
    });
    message.term('buried as a dead letter');
  }
}

/** An event that no repetition can mend: not JSON, or not of its contract's shape. */
class PoisonEvent extends Error {}

function parse(contract: EventContract, message: JsMsg): EventEnvelope {
  let envelope: EventEnvelope;
  try {
    envelope = decode(message.data) as EventEnvelope;
  } catch {
    throw new PoisonEvent('The event is not JSON.');
  }
  const data = contract.data.safeParse(envelope?.data);
  if (!data.success) throw new PoisonEvent(`The event is not of its contract's shape: ${data.error.message}`);
  return { ...envelope, data: data.data };
}

function secondsSince(message: JsMsg): number {
  return Math.max(0, Date.now() - message.info.timestampNanos / 1e6) / 1_000;
}
