import { NoRespondersError, TimeoutError, nuid, type Msg } from '@nats-io/transport-node';
import type { Broker } from './broker.js';
import type { Packed } from './wire.js';

interface Waiting {
  subject: string;
  resolve: (reply: Msg) => void;
  reject: (error: unknown) => void;
  timer: NodeJS.Timeout;
}

/**
 * Asks over NATS and takes the replies of all questions on one subscription. The reply subject names who is asked,
 * `_INBOX_gateway.accounts.…`: so the broker can let each service write only where its own answers go, and none can
 * answer in another's name. The broker's own means to that end, `allow_responses`, keeps a list of all that may be
 * answered and walks it for every message, events included: 1,400 events a second were left of 100,000 on 2.9.10.
 */
export class ReplyBox {
  private readonly id = nuid.next();
  private readonly waiting = new Map<string, Waiting>();
  private asked = 0;
  private listening = false;

  constructor(private readonly broker: Broker) {}

  /** @throws NoRespondersError where nobody listens, TimeoutError where nobody answers in time */
  ask(responder: string, subject: string, packed: Packed, timeoutMs: number): Promise<Msg> {
    this.listen();
    this.asked += 1;
    const reply = `${this.broker.inboxPrefix}.${responder}.${this.id}.${this.asked}`;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.take(reply)?.reject(new TimeoutError()), timeoutMs);
      this.waiting.set(reply, { subject, resolve, reject, timer });
      try {
        const options = packed.headers === undefined ? { reply } : { reply, headers: packed.headers };
        this.broker.connection.publish(subject, packed.payload, options);
      } catch (error) {
        this.take(reply)?.reject(error);
      }
    });
  }

  /** Once is enough: the connection subscribes again by itself when it is lost. */
  private listen(): void {
    if (this.listening) return;
    this.broker.connection.subscribe(`${this.broker.inboxPrefix}.*.${this.id}.*`, {
      callback: (error, reply) => {
        if (error === null) this.settle(reply);
      },
    });
    this.listening = true;
  }

  private settle(reply: Msg): void {
    const asked = this.take(reply.subject);
    if (asked === undefined) return;
    // An empty reply with this code is the broker's word that nobody listens.
    if (reply.data.length === 0 && reply.headers?.code === 503) {
      asked.reject(new NoRespondersError(asked.subject));
    } else {
      asked.resolve(reply);
    }
  }

  /** The whole reply subject is the key, so a reply in the name of one never settles a question to another. */
  private take(reply: string): Waiting | undefined {
    const asked = this.waiting.get(reply);
    if (asked === undefined) return undefined;
    this.waiting.delete(reply);
    clearTimeout(asked.timer);
    return asked;
  }
}
