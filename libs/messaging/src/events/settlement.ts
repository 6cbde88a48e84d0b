import type { EventContract, EventEnvelope } from '#contracts';

export interface EventSubscription {
  contract: EventContract;
  /** Whether events that arrive together cost one transaction and not one each. */
  batched?: boolean;
  /** Events that come within so many milliseconds are taken together, where nobody waits for their effect. */
  gatherMs?: number;
  apply: (event: EventEnvelope) => Promise<unknown>;
  /** Applies events that came together, all or none. */
  applyAll?: (events: readonly EventEnvelope[]) => Promise<unknown>;
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

/** One delivery of one event by the broker. */
export interface Delivery {
  subject: string;
  /** Tells the event from all others of the stream, however often it is delivered. */
  seq: number;
  /** How often the broker has delivered the event, this time included. */
  deliveries: number;
  /** When the stream took the event, in milliseconds since 1970. */
  publishedAtMs: number;
  eventId: string | null;
  text: () => string;
  ack: () => void;
  retryAfter: (ms: number) => void;
  /** The broker shall not deliver it again. */
  terminate: () => void;
}

export interface DeliveryOptions {
  /** Keeps a dead letter durably; called before the message is taken out of the stream's hands. */
  deadLetter: (letter: DeadLetter) => Promise<void>;
  /** Whether an error says that our own database is away, so that waiting helps and the event is not to blame. */
  isOutage: (error: unknown) => boolean;
  /** Resolves when the database answers again; false when the process ends first. */
  outageOver: () => Promise<boolean>;
  onApplied: (delivery: Delivery) => void;
  /** An event of a type that nobody here applies. */
  onIgnored: (subject: string) => void;
  onFailed: (subject: string, error: unknown) => void;
  /** Whether what is still under way is settled for nobody, and so the broker hears nothing of it. */
  isOver?: () => boolean;
}

/** Waits between the tries of one failing event, in milliseconds; when the last one fails too it is a dead letter. */
export const retryDelaysMs = [100, 500, 2_000, 5_000];
/**
 * The broker counts deliveries that never came to an end, too. So many say that the event kills the process that applies it.
 * High, since deploys, kills and lost connections count as well.
 */
export const maxDeliveries = 100;
/** Outages in a row that one event meets while the database answers others; from then on the event is to blame. */
const maxOutages = 10;
const retryDeadLetterMs = 2_000;

/** An event that no repetition can mend: not JSON, or not of its contract's shape. */
export class PoisonEvent extends Error {}

/**
 * Decides what becomes of each delivery. An event is acknowledged after its effect has been committed; an event that
 * fails is tried again with growing pauses, then kept as a dead letter, and the rest flows on. While the database is
 * away nothing is given back to the broker: its deliveries are counted, and an outage of hours must not use them up.
 */
export class Settlement {
  /** Tries of events that failed; as many as the broker lets be under way at most. */
  private readonly failures = new Map<number, number>();

  constructor(
    private readonly consumer: string,
    private readonly handlers: ReadonlyMap<string, EventSubscription>,
    private readonly options: DeliveryOptions,
  ) {}

  /** Settles deliveries that came together: with one call where their handler takes it, else each by itself. */
  async settleAll(deliveries: readonly Delivery[]): Promise<void> {
    const [first, second] = deliveries;
    if (first === undefined) return;
    if (second === undefined) return this.settle(first);
    const bySubject = Map.groupBy(deliveries, ({ subject }) => subject);
    await Promise.all([...bySubject].map(([subject, some]) => this.settleTogether(subject, some)));
  }

  private async settleTogether(subject: string, deliveries: readonly Delivery[]): Promise<void> {
    if (!(await this.applyTogether(subject, deliveries))) {
      await Promise.all(deliveries.map((delivery) => this.settle(delivery)));
      return;
    }
    for (const delivery of deliveries) {
      this.options.onApplied(delivery);
      this.acknowledge(delivery);
    }
  }

  /** @returns false where they have to be settled one by one: one of them is to blame, or the database is away */
  private async applyTogether(subject: string, deliveries: readonly Delivery[]): Promise<boolean> {
    const handler = this.handlers.get(subject);
    if (handler?.applyAll === undefined || deliveries.some((one) => one.deliveries > maxDeliveries))
      return false;
    try {
      await handler.applyAll(deliveries.map((delivery) => readEvent(handler.contract, delivery.text())));
      return true;
    } catch {
      return false;
    }
  }

  private acknowledge(delivery: Delivery): void {
    this.failures.delete(delivery.seq);
    if (this.options.isOver?.() !== true) delivery.ack();
  }

  /** Never throws. Leaves the delivery unsettled only when the process ends during an outage. */
  async settle(delivery: Delivery): Promise<void> {
    for (let outages = 1; ; outages += 1) {
      try {
        await this.apply(delivery);
        this.acknowledge(delivery);
        return;
      } catch (error) {
        this.options.onFailed(delivery.subject, error);
        if (!this.options.isOutage(error) || outages >= maxOutages) {
          await this.retryOrDeadLetter(delivery, error);
          return;
        }
        if (!(await this.options.outageOver())) return;
      }
    }
  }

  private async apply(delivery: Delivery): Promise<void> {
    const handler = this.handlers.get(delivery.subject);
    if (handler === undefined) {
      this.options.onIgnored(delivery.subject);
      return;
    }
    if (delivery.deliveries > maxDeliveries)
      throw new PoisonEvent(`The event was delivered ${delivery.deliveries} times without coming to an end.`);
    await handler.apply(readEvent(handler.contract, delivery.text()));
    this.options.onApplied(delivery);
  }

  private async retryOrDeadLetter(delivery: Delivery, error: unknown): Promise<void> {
    const failures = this.failures.get(delivery.seq) ?? 0;
    const delayMs = error instanceof PoisonEvent ? undefined : retryDelaysMs[failures];
    if (delayMs !== undefined) {
      this.failures.set(delivery.seq, failures + 1);
      this.retry(delivery, delayMs);
      return;
    }
    try {
      await this.options.deadLetter(this.letterOf(delivery, error));
    } catch (notBuried) {
      this.options.onFailed(delivery.subject, notBuried);
      this.retry(delivery, retryDeadLetterMs);
      return;
    }
    this.failures.delete(delivery.seq);
    if (this.options.isOver?.() !== true) delivery.terminate();
  }

  private retry(delivery: Delivery, afterMs: number): void {
    if (this.options.isOver?.() !== true) delivery.retryAfter(afterMs);
  }

  private letterOf(delivery: Delivery, error: unknown): DeadLetter {
    return {
      consumer: this.consumer,
      subject: delivery.subject,
      eventId: delivery.eventId,
      payload: delivery.text(),
      reason: error instanceof Error ? error.message : String(error),
      deliveries: delivery.deliveries,
    };
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Reads an event. Members that its contract does not know (yet) are left out, wherever they stand. @throws PoisonEvent */
export function readEvent(contract: EventContract, text: string): EventEnvelope {
  let envelope: EventEnvelope | null;
  try {
    envelope = JSON.parse(text) as EventEnvelope | null;
  } catch {
    throw new PoisonEvent('The event is not JSON.');
  }
  if (envelope === null || typeof envelope !== 'object' || !uuid.test(String(envelope.id)))
    throw new PoisonEvent('The event is not a CloudEvent with a UUID as its id.');
  return { ...envelope, data: readData(contract, envelope.data) };
}

/** A stricter part of a contract, which requests share, names unknown members instead of passing them by. */
function readData(contract: EventContract, given: unknown): unknown {
  const data = contract.data.safeParse(given);
  if (data.success) return data.data;
  const unknown = data.error.issues.filter((issue) => issue.code === 'unrecognized_keys');
  if (unknown.length === 0 || unknown.length < data.error.issues.length)
    throw new PoisonEvent(`The event is not of its contract's shape: ${data.error.message}`);
  for (const { path, keys } of unknown) {
    const holder = path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)[key], given);
    for (const key of keys) Reflect.deleteProperty(holder as object, key);
  }
  return readData(contract, given);
}
