import { NoRespondersError, TimeoutError, nuid, type Msg } from '@nats-io/transport-node';
import { decodeResponses, type RpcResponse } from './response-codec.js';
import type { Broker } from '../broker/broker.js';
import type { EncodedPayload } from '../codec.js';

/** A request of whose answer somebody waits. */
export interface PendingReply {
  timeoutMs: number;
  resolve: (answer: RpcResponse) => void;
  reject: (error: unknown) => void;
}

/** Who waits for the answers to one message, by their requests' places in it. */
interface PendingMessage {
  subject: string;
  questions: Map<number, { question: PendingReply; timer: NodeJS.Timeout }>;
}

/**
 * Asks over NATS and takes the replies of all questions on one subscription. The reply subject names who is asked,
 * `_INBOX_gateway.accounts.…`: so the broker can let each service write only where its own answers go, and none can
 * answer in another's name. The broker's own means to that end, `allow_responses`, keeps a list of all that may be
 * answered and walks it for every message, events included: 1,400 events a second were left of 100,000 on 2.9.10.
 */
export class ReplyInbox {
  private readonly id = nuid.next();
  private readonly waiting = new Map<string, PendingMessage>();
  private asked = 0;
  private listening = false;

  constructor(private readonly broker: Broker) {}

  /**
   * Asks with one message. A question is refused with NoRespondersError where nobody listens, and with TimeoutError
   * where nobody answers it in time.
   */
  request(
    responder: string,
    subject: string,
    packed: EncodedPayload,
    questions: readonly PendingReply[],
  ): void {
    this.listen();
    this.asked += 1;
    const reply = `${this.broker.inboxPrefix}.${responder}.${this.id}.${this.asked}`;
    const waiting: PendingMessage = { subject, questions: new Map() };
    for (const [place, question] of questions.entries()) {
      const timer = setTimeout(
        () => this.take(reply, waiting, place)?.reject(new TimeoutError()),
        question.timeoutMs,
      );
      waiting.questions.set(place, { question, timer });
    }
    this.waiting.set(reply, waiting);
    try {
      const options = packed.headers === undefined ? { reply } : { reply, headers: packed.headers };
      this.broker.connection.publish(subject, packed.payload, options);
    } catch (error) {
      this.rejectAll(reply, waiting, error);
    }
  }

  /** Once is enough: the connection subscribes again by itself when it is lost. */
  private listen(): void {
    if (this.listening) return;
    this.broker.connection.subscribe(`${this.broker.inboxPrefix}.*.${this.id}.*`, {
      callback: (error, reply) => {
        if (error === null) this.receive(reply);
      },
    });
    this.listening = true;
  }

  /** The whole reply subject is the key, so a reply in the name of one never settles a question to another. */
  private receive(reply: Msg): void {
    const waiting = this.waiting.get(reply.subject);
    if (waiting === undefined) return;
    // An empty reply with this code is the broker's word that nobody listens.
    if (reply.data.length === 0 && reply.headers?.code === 503) {
      this.rejectAll(reply.subject, waiting, new NoRespondersError(waiting.subject));
      return;
    }
    const answers = decodeResponses(reply);
    if (answers instanceof Promise) {
      answers.then(
        (expanded) => this.resolveReplies(reply.subject, waiting, expanded),
        (error: unknown) => this.rejectAll(reply.subject, waiting, error),
      );
    } else {
      this.resolveReplies(reply.subject, waiting, answers);
    }
  }

  private resolveReplies(
    reply: string,
    waiting: PendingMessage,
    answers: Awaited<ReturnType<typeof decodeResponses>>,
  ): void {
    if (Array.isArray(answers)) {
      for (const answer of answers) this.take(reply, waiting, answer.place)?.resolve(answer);
    } else {
      this.take(reply, waiting, 0)?.resolve(answers);
    }
  }

  private rejectAll(reply: string, waiting: PendingMessage, error: unknown): void {
    for (const place of waiting.questions.keys()) this.take(reply, waiting, place)?.reject(error);
  }

  private take(reply: string, { questions }: PendingMessage, place: number): PendingReply | undefined {
    const asked = questions.get(place);
    if (asked === undefined) return undefined;
    clearTimeout(asked.timer);
    questions.delete(place);
    if (questions.size === 0) this.waiting.delete(reply);
    return asked.question;
  }
}
