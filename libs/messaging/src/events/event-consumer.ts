import type { Broker } from '../broker/broker.js';
import { GatheredFlow, SteadyFlow, batchedLimits, sequentialLimits, type EventFlow } from './event-flow.js';
import { Settlement, type DeliveryOptions, type EventSubscription } from './settlement.js';
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
  'outageOver' | 'onApplied' | 'onIgnored' | 'isOver'
> {
  service: string;
  /** Throws while our own database is away; where it is missing, an outage is over after a pause. */
  probe?: () => Promise<void>;
  onApplied: (subject: string, lagSeconds: number) => void;
  onIgnored?: (subject: string) => void;
  onState?: (state: ConsumerState) => void;
}

const outageProbeMs = 500;
const restartDelayMs = 250;
/** How often the consumer is looked for on the broker, where it may have been deleted or made anew. */
const watchMs = 1_000;

/** A durable pull consumer of one service's events: acknowledges after the handler has committed. */
export class EventConsumer {
  private flow: EventFlow | undefined;
  private stopped = false;
  private loop: Promise<void> = Promise.resolve();
  private outage: Promise<boolean> | undefined;
  private readonly underWay = new Set<Promise<void>>();
  /** What of the service's events is applied here. */
  private readonly own: readonly EventSubscription[];

  constructor(
    private readonly broker: Broker,
    private readonly handlers: ReadonlyMap<string, EventSubscription>,
    private readonly source: string,
    private readonly options: EventConsumerOptions,
  ) {
    this.own = [...handlers.values()].filter(({ contract }) => contract.subject.startsWith(`evt.${source}.`));
  }

  /** Starts consuming; waits for a broker that is away, without holding up the process. */
  start(): Promise<void> {
    this.loop = this.run();
    return Promise.resolve();
  }

  /** Takes no further messages and waits until those under way are committed and acknowledged. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.flow?.close();
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
    const subjects = this.own.map(({ contract }) => contract.subject);
    const { durable, created } = await assertConsumer(
      this.broker,
      this.options.service,
      this.source,
      subjects,
    );
    if (this.stopped) return;
    const flow = await this.openFlow(durable);
    this.flow = flow;
    if (this.stopped) await flow.close();
    const watch = setInterval(() => void this.watch(flow, durable, created), watchMs);
    // What is settled after its consumer's end is settled for nobody: a stream that was made anew counts from one again,
    // and would take the word for another event of the same number.
    let over = false;
    const settlement = this.settlementOf(durable, () => over);
    try {
      await flow.run((deliveries) => this.track(settlement.settleAll(deliveries)));
    } finally {
      clearInterval(watch);
      over = !this.stopped;
    }
  }

  private async openFlow(durable: string): Promise<EventFlow> {
    const gatherMs = Math.min(...this.own.map((one) => one.gatherMs ?? 0));
    if (gatherMs > 0) return new GatheredFlow(this.broker, durable, gatherMs);
    const consumer = await this.broker.jetStream.consumers.get(eventStream, durable);
    return SteadyFlow.open(
      consumer,
      this.own.every(({ batched }) => batched) ? batchedLimits : sequentialLimits,
    );
  }

  private track(work: Promise<void>): Promise<void> {
    this.underWay.add(work);
    void work.finally(() => this.underWay.delete(work));
    return work;
  }

  private settlementOf(durable: string, isOver: () => boolean): Settlement {
    return new Settlement(durable, this.handlers, {
      ...this.options,
      onIgnored: (subject) => this.options.onIgnored?.(subject),
      isOver,
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
  private async watch(flow: EventFlow, durable: string, created: string): Promise<void> {
    if (!this.broker.isConnected()) return;
    try {
      const state = await consumerState(this.broker, durable);
      if (state.created === created) this.options.onState?.(state);
      else await flow.close();
    } catch (error) {
      if (isNotFound(error)) await flow.close();
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
