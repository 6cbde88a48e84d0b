import { createInbox, nanos, type Msg, type Subscription } from '@nats-io/transport-node';
import type { Broker } from '../broker/broker.js';
import type { Delivery } from './settlement.js';
import { eventStream } from './streams.js';

/** What one request to the broker asks for. */
export interface Pull {
  /** Events at most. */
  readonly max: number;
  /** How long to wait where none is there; without it the answer comes at once. */
  readonly waitMs?: number;
}

/** The broker's words for the end of an answer: nothing (more) is there, or the time is over. */
const ends = new Set([404, 408]);
/** A broker that stays silent for this much longer than it was to wait has forgotten the request. */
const silentMs = 1_000;

interface PullUnderWay {
  readonly number: number;
  readonly max: number;
  readonly done: (lost?: Error) => void;
}

/**
 * Takes what is there of a durable consumer's events, many with one request. The client's own `fetch` can't ask for what
 * is there without waiting, and its `consume` takes each event as it comes: in a rush each costs both sides a write.
 * https://docs.nats.io/reference/reference-protocols/nats_api_reference
 */
export class EventPuller {
  private readonly inbox: string;
  private readonly subscription: Subscription;
  /** Also what came after its request was given up: the broker counts it as delivered, so it is not dropped. */
  private arrived: Delivery[] = [];
  private underWay: PullUnderWay | undefined;
  private pulls = 0;

  constructor(
    private readonly broker: Broker,
    private readonly durable: string,
  ) {
    this.inbox = createInbox(broker.inboxPrefix);
    this.subscription = broker.connection.subscribe(`${this.inbox}.*`, {
      callback: (error, message) => {
        if (error === null) this.receive(message);
      },
    });
  }

  /** One request at a time. @throws where the broker does not know the consumer any more */
  async pull({ max, waitMs }: Pull): Promise<Delivery[]> {
    if (this.arrived.length === 0) await this.ask(max, waitMs);
    return this.arrived.splice(0, max);
  }

  /** Gives up the request under way; what still comes is delivered again later. */
  close(): void {
    this.underWay?.done();
    if (!this.subscription.isClosed() && !this.broker.connection.isClosed()) this.subscription.unsubscribe();
  }

  private async ask(max: number, waitMs: number | undefined): Promise<void> {
    this.pulls += 1;
    const number = this.pulls;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => this.underWay?.done(), (waitMs ?? 0) + silentMs);
      const done = (lost?: Error): void => {
        clearTimeout(timer);
        this.underWay = undefined;
        if (lost === undefined || this.arrived.length > 0) resolve();
        else reject(lost);
      };
      this.underWay = { number, max, done };
      const wish = waitMs === undefined ? { no_wait: true } : { expires: nanos(waitMs) };
      this.broker.connection.publish(
        `$JS.API.CONSUMER.MSG.NEXT.${eventStream}.${this.durable}`,
        JSON.stringify({ batch: max, ...wish }),
        { reply: `${this.inbox}.${number}` },
      );
    });
  }

  private receive(message: Msg): void {
    // Reading headers costs more than the rest of an event, and only the broker's own words have no data.
    const status = message.data.length === 0 ? (message.headers?.code ?? 0) : 0;
    if (status > 0) return this.endPull(message, status);
    this.arrived.push(new PulledEvent(message));
    if (this.underWay !== undefined && this.arrived.length >= this.underWay.max) this.underWay.done();
  }

  /** An event keeps its own subject; the broker's words about a request come to that request's. */
  private endPull(message: Msg, status: number): void {
    if (this.underWay === undefined || message.subject !== `${this.inbox}.${this.underWay.number}`) return;
    if (ends.has(status)) this.underWay.done();
    else if (status >= 400) {
      const why = message.headers?.description ?? '';
      this.underWay.done(new Error(`The broker does not serve ${this.durable}: ${status} ${why}`.trim()));
    }
  }
}

const words = {
  ack: new TextEncoder().encode('+ACK'),
  terminate: new TextEncoder().encode('+TERM'),
};

/** A delivery with what the broker says of it in its reply subject. Many are made a second, so they share their methods. */
class PulledEvent implements Delivery {
  readonly seq: number;
  readonly deliveries: number;
  readonly publishedAtMs: number;

  constructor(private readonly message: Msg) {
    const { seq, deliveries, publishedAtMs } = readAckSubject(message.reply ?? '');
    this.seq = seq;
    this.deliveries = deliveries;
    this.publishedAtMs = publishedAtMs;
  }

  get subject(): string {
    return this.message.subject;
  }

  get eventId(): string | null {
    return this.message.headers?.get('Nats-Msg-Id') || null;
  }

  text(): string {
    return this.message.string();
  }

  ack(): void {
    this.message.respond(words.ack);
  }

  retryAfter(ms: number): void {
    this.message.respond(`-NAK ${JSON.stringify({ delay: nanos(ms) })}`);
  }

  terminate(): void {
    this.message.respond(words.terminate);
  }
}

/**
 * `$JS.ACK.<stream>.<consumer>.<deliveries>.<stream seq>.<consumer seq>.<nanoseconds>.<pending>`; newer brokers may put a
 * domain and an account before the stream, and a token behind.
 */
export function readAckSubject(reply: string): Pick<Delivery, 'seq' | 'deliveries' | 'publishedAtMs'> {
  const tokens = reply.split('.');
  const first = tokens.length === 9 ? 4 : 6;
  const nanoseconds = tokens[first + 3];
  if (tokens[1] !== 'ACK' || nanoseconds === undefined)
    throw new Error(`"${reply}" is no subject to acknowledge an event.`);
  return {
    deliveries: Number(tokens[first]),
    seq: Number(tokens[first + 1]),
    publishedAtMs: Number(nanoseconds) / 1e6,
  };
}
