import type { Delivery } from '../../../libs/messaging/src/index.js';
import type { Acknowledged, OutboxRow } from '../../../libs/persistence/src/index.js';
import type { SimClock, SimProcess } from './sim-clock.js';

const ackWaitMs = 10_000;
const dedupeMs = 10_000;
const publishWithinMs = 5_000;

interface Stored extends OutboxRow {
  seq: number;
  atMs: number;
}

interface Given {
  deliveries: number;
  dueAtMs: number;
}

export interface SimFaults {
  /** Shares from 0 to 1 of what goes wrong. */
  publishLost: number;
  ackLost: number;
  deliveryLost: number;
  delivery2x: number;
}

export const noFaults: SimFaults = { publishLost: 0, ackLost: 0, deliveryLost: 0, delivery2x: 0 };

/** A stream with one durable consumer, as unreliable as its options say. */
export class SimBroker {
  faults: SimFaults = noFaults;
  away = false;
  created = 'stream 0';
  private stored: Stored[] = [];
  private lastSeq = 0;
  private known = new Map<string, { atMs: number; seq: number }>();
  private given = new Map<number, Given>();
  private settled = new Set<number>();
  /** Rises with every restart: what was under way then is lost. */
  private life = 0;

  constructor(
    private readonly clock: SimClock,
    private readonly random: () => number,
  ) {}

  /** Publishes each event after a time of its own, so they arrive in any order. */
  async publish(process: SimProcess, rows: OutboxRow[]): Promise<Acknowledged[]> {
    if (this.away) return [];
    const acks = await Promise.all(rows.map((row) => this.publishOne(process, row)));
    return acks.flatMap((ack) => ack ?? []);
  }

  eventAt(seq: number): string | null {
    return this.stored.find((one) => one.seq === seq)?.id ?? null;
  }

  /** The store is gone, and the stream is made anew. */
  wipe(): void {
    this.loseEnd(this.stored.length);
    this.created = `stream ${this.life}`;
    this.lastSeq = 0;
    this.given.clear();
    this.settled.clear();
  }

  /** A power failure takes the newest events, acknowledged or not. */
  loseEnd(count: number): void {
    this.life += 1;
    const lost = count === 0 ? [] : this.stored.splice(-count);
    for (const { id, seq } of lost) {
      this.known.delete(id);
      this.given.delete(seq);
      this.settled.delete(seq);
    }
    this.lastSeq = this.stored.at(-1)?.seq ?? this.lastSeq - lost.length;
  }

  /** Gives out an event that is due, or nothing. */
  next(): Delivery | undefined {
    if (this.away) return undefined;
    const due = this.stored.filter(({ seq }) => !this.settled.has(seq) && this.isDue(seq));
    const one = due[Math.floor(this.random() ** 2 * due.length)];
    if (one === undefined) return undefined;
    const deliveries = (this.given.get(one.seq)?.deliveries ?? 0) + 1;
    this.given.set(one.seq, { deliveries, dueAtMs: this.clock.nowMs + ackWaitMs });
    return this.random() < this.faults.deliveryLost ? undefined : this.deliveryOf(one, deliveries);
  }

  get unsettled(): number {
    return this.stored.filter(({ seq }) => !this.settled.has(seq)).length;
  }

  get deliversTwice(): boolean {
    return this.random() < this.faults.delivery2x;
  }

  private isDue(seq: number): boolean {
    return (this.given.get(seq)?.dueAtMs ?? 0) <= this.clock.nowMs;
  }

  private publishOne(process: SimProcess, row: OutboxRow): Promise<Acknowledged | undefined> {
    const lost = this.random() < this.faults.publishLost;
    const ackLost = this.random() < this.faults.ackLost;
    const arrivesMs = 1 + this.random() * 30;
    let seq: number | undefined;
    this.clock.after(arrivesMs, () => {
      if (!lost && !this.away) seq = this.store(row);
    });
    const silent = lost || ackLost;
    return process.step(silent ? publishWithinMs : arrivesMs + 1 + this.random() * 10, () =>
      silent || seq === undefined ? undefined : { id: row.id, seq },
    );
  }

  private store(row: OutboxRow): number {
    const known = this.known.get(row.id);
    if (known !== undefined && this.clock.nowMs - known.atMs < dedupeMs) return known.seq;
    this.lastSeq += 1;
    this.stored.push({ ...row, seq: this.lastSeq, atMs: this.clock.nowMs });
    this.known.set(row.id, { atMs: this.clock.nowMs, seq: this.lastSeq });
    return this.lastSeq;
  }

  private deliveryOf(one: Stored, deliveries: number): Delivery {
    const { life } = this;
    const later = (settle: () => void) => {
      if (this.random() < this.faults.ackLost) return;
      this.clock.after(this.random() * 5, () => {
        if (!this.away && this.life === life) settle();
      });
    };
    return {
      subject: one.subject,
      seq: one.seq,
      deliveries,
      publishedAtMs: one.atMs,
      eventId: one.id,
      text: () => one.payload,
      ack: () => later(() => this.settled.add(one.seq)),
      terminate: () => later(() => this.settled.add(one.seq)),
      retryAfter: (ms) =>
        later(() => this.given.set(one.seq, { deliveries, dueAtMs: this.clock.nowMs + ms })),
    };
  }
}
