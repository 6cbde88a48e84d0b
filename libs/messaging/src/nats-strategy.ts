import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import type { Msg, Subscription } from '@nats-io/transport-node';
import { isObservable, lastValueFrom } from 'rxjs';
import { Problem, type EventEnvelope } from '#contracts';
import { enterTrace, traced, tracingIsOn } from '#tracing';
import { ResponseBatcher, respond, encodeResponse, type RpcResponse } from './requests/response-codec.js';
import type { Broker } from './broker/broker.js';
import { readEvent, type EventSubscription } from './events/settlement.js';
import { EventConsumer, type EventConsumerOptions } from './events/event-consumer.js';
import type { CallContext } from './handlers.js';
import { serverSpan, consumerSpan } from './spans.js';
import { decode, encode, toProblem, decompress, type RequestMessage } from './codec.js';

export interface NatsStrategyOptions {
  /** The service: its queue group, and the prefix of its durable consumers. */
  service: string;
  /** Requests under way at most in this process; beyond it they are refused at once. */
  maxInFlight: number;
  /** What a request took and how it ended, for metrics and logs. */
  onAnswered: (
    subject: string,
    seconds: number,
    problem: Problem | undefined,
    call: CallContext | undefined,
    cause: unknown,
  ) => void;
  /** Turns errors of the service's own resources into problems, such as a database that is away. */
  translate: (error: unknown) => unknown;
  events: Omit<EventConsumerOptions, 'service'>;
}

type Handle = (input: unknown, call: CallContext) => Promise<unknown>;

/** One request as it came, and the way back for its answer. */
interface Request {
  read: () => Promise<RequestMessage>;
  back: (answer: RpcResponse) => Promise<void>;
}

/**
 * Lets Nest handlers answer NATS requests and apply JetStream events.
 * Nest's own NATS transport opens an inbox per call, has no deadlines and sleeps instead of draining.
 */
export class NatsStrategy extends Server implements CustomTransportStrategy {
  private readonly subscriptions: Subscription[] = [];
  private readonly consumers: EventConsumer[] = [];
  private readonly idleListeners: (() => void)[] = [];
  private readonly eventHandlers = new Map<string, EventSubscription>();
  private inFlight = 0;

  constructor(
    private readonly broker: Broker,
    private readonly options: NatsStrategyOptions,
  ) {
    super();
  }

  /** Called by Nest once all handlers are known. */
  listen(done: (error?: unknown) => void): void {
    this.start().then(() => done(), done);
  }

  /** Takes no further requests and events, then waits until those under way are done. */
  async stopReceiving(): Promise<void> {
    await Promise.all([
      ...this.subscriptions.map((subscription) => subscription.drain().catch(() => undefined)),
      ...this.consumers.map((consumer) => consumer.stop()),
    ]);
    if (this.inFlight > 0) await new Promise<void>((resolve) => this.idleListeners.push(resolve));
  }

  /**
   * Applies an event that was put aside.
   * @throws what its handler throws; also where no handler is left for it
   */
  async reapply(subject: string, payload: string): Promise<void> {
    const handler = this.eventHandlers.get(subject);
    if (handler === undefined) throw new Error(`Nothing here applies ${subject}.`);
    await handler.apply(readEvent(handler.contract, payload));
  }

  /** Nest calls this last; the process owner drains the connection itself, after the outbox is out. */
  close(): void {}

  on(): never {
    throw new Error('NatsStrategy has no events of its own; see Broker.onReconnect.');
  }

  unwrap<T>(): T {
    return this.broker.connection as T;
  }

  private async start(): Promise<void> {
    for (const [subject, handler] of this.messageHandlers) {
      if (handler.isEventHandler) {
        if (handler.next)
          throw new Error(`Two methods apply ${subject}. One event has one handler in a service.`);
        this.eventHandlers.set(subject, this.subscriptionOf(subject, handler));
      } else {
        const answer = traced(serverSpan(subject), (input, call) =>
          resultOf(handler(input as never, enterTrace(call))),
        );
        this.subscribe(subject, answer);
      }
    }
    await this.consume(this.eventHandlers);
  }

  /** While tracing is on each event is applied by itself, within the trace of its change. */
  private subscriptionOf(subject: string, handler: MessageHandler): EventSubscription {
    const { takesMany, ...how } = handler.extras as Omit<EventSubscription, 'apply'> & {
      takesMany?: boolean;
    };
    const call = (given: unknown) => resultOf(handler(given as never));
    const applyOne = (event: EventEnvelope) => call(takesMany === true ? [event] : event);
    const apply = traced(consumerSpan(subject, this.options.service), applyOne);
    return takesMany === true && !tracingIsOn() ? { ...how, apply, applyAll: call } : { ...how, apply };
  }

  /** Two handlers for one request would be a silent lottery, so it is an error at boot. */
  override addHandler(pattern: unknown, ...rest: unknown[]): void {
    const subject = this.normalizePattern(pattern as string);
    if (this.messageHandlers.has(subject)) throw new Error(`Two methods handle ${subject}. Remove one.`);
    super.addHandler(pattern, ...(rest as [never]));
  }

  private subscribe(subject: string, handle: Handle): void {
    const callback = (error: Error | null, message: Msg) => {
      if (error === null) this.receive(subject, message, handle);
    };
    this.subscriptions.push(
      this.broker.connection.subscribe(subject, { queue: this.options.service, callback }),
    );
  }

  /** A message holds one request, or several that left together; each is answered by itself. */
  private receive(subject: string, message: Msg, handle: Handle): void {
    const several = readBatch(message);
    if (several === undefined) {
      const back = async (answer: RpcResponse) => respond(message, await encodeResponse(answer));
      void this.answer(subject, { read: () => readSingle(message), back }, handle);
      return;
    }
    const answers = new ResponseBatcher(message);
    for (const [place, request] of several.entries()) {
      const back = (answer: RpcResponse) => answers.add({ ...answer, place });
      void this.answer(subject, { read: () => Promise.resolve(request), back }, handle);
    }
  }

  private async answer(subject: string, { read, back }: Request, handle: Handle): Promise<void> {
    const began = performance.now();
    this.inFlight += 1;
    const full = this.inFlight > this.options.maxInFlight;
    let call: CallContext | undefined;
    let problem: Problem | undefined;
    let cause: unknown;
    try {
      const request = await read();
      call = request.call as CallContext;
      refuseIfLateOrOverloaded(call, full);
      const answer = await handle(request.input, call);
      await back({ body: encode(answer), replayed: call.replayed === true, problem: undefined });
    } catch (error) {
      cause = error;
      problem = toProblem(this.options.translate(error));
      const { detail, extra } = problem;
      await back({ body: encode({ detail, extra }), replayed: false, problem: problem.code });
    } finally {
      this.inFlight -= 1;
      if (this.inFlight === 0) for (const resolve of this.idleListeners.splice(0)) resolve();
      this.options.onAnswered(subject, (performance.now() - began) / 1_000, problem, call, cause);
    }
  }

  private async consume(handlers: Map<string, EventSubscription>): Promise<void> {
    const sources = new Set([...handlers.keys()].map((subject) => subject.split('.')[1] ?? ''));
    for (const source of sources) {
      const consumer = new EventConsumer(this.broker, handlers, source, {
        ...this.options.events,
        service: this.options.service,
      });
      this.consumers.push(consumer);
      await consumer.start();
    }
  }
}

/** Nest hands back promises of values or of observables; either ends as one value. */
async function resultOf(result: unknown): Promise<unknown> {
  const value = await result;
  return isObservable(value) ? lastValueFrom(value, { defaultValue: undefined }) : value;
}

const openingBracket = 0x5b;

/** The requests of a message that holds several, or undefined for any other message. */
function readBatch({ data }: Msg): RequestMessage[] | undefined {
  if (data[0] !== openingBracket) return undefined;
  try {
    return decode(data) as RequestMessage[];
  } catch {
    return undefined;
  }
}

async function readSingle(message: Msg): Promise<RequestMessage> {
  return decode(await decompress(message)) as RequestMessage;
}

/** A request whose caller has given up, or that finds the house full, is refused before any work. */
function refuseIfLateOrOverloaded({ deadlineMs }: CallContext, full: boolean): void {
  if (full) throw overloaded('has too much to do');
  if (Date.now() >= deadlineMs) throw overloaded('got the request after its deadline');
}

function overloaded(why: string): Problem {
  return new Problem('service.unavailable', `The service ${why}. Try again in a moment.`, {
    retryAfterSeconds: 1,
  });
}
