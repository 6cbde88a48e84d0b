import {
  hasLost,
  type Acknowledged,
  type Outbox,
  type OutboxRow,
} from '../../../libs/persistence/src/index.js';
import type { SimBroker } from './sim-broker.js';
import type { SimProcess } from './sim-clock.js';

interface Row extends OutboxRow {
  published: Acknowledged | null;
  lockedBy: object | null;
}

/** The owner's database: what it holds survives every process, and a transaction leaves all or nothing. */
export class SimOwner {
  readonly versions = new Map<string, number>();
  private readonly rows = new Map<string, Row>();
  private readonly rounds = new Set<object>();
  private seen: string | undefined;

  /** A change with its event, committed together. */
  commit(row: OutboxRow, aggregate: string, version: number): void {
    this.versions.set(aggregate, version);
    this.rows.set(row.id, { ...row, published: null, lockedBy: null });
  }

  get waiting(): number {
    return [...this.rows.values()].filter((row) => row.published === null).length;
  }

  mark(acknowledged: Acknowledged): void {
    const row = this.rows.get(acknowledged.id);
    if (row !== undefined) row.published = acknowledged;
  }

  /** The outbox as one process sees it. */
  outboxFor(process: SimProcess, ensure: () => Promise<void>): Outbox {
    return {
      inTransaction: async (work) => {
        await ensure();
        const round = {};
        this.rounds.add(round);
        const release = () => this.release(round);
        process.atDeath(release);
        const marked: Acknowledged[] = [];
        try {
          const result = await work({
            take: (limit) => process.step(1, () => this.take(round, limit)),
            mark: (acknowledged) => process.step(1, () => void marked.push(...acknowledged)),
          });
          await process.step(2, () => marked.forEach((one) => this.mark(one)));
          return result;
        } finally {
          release();
        }
      },
    };
  }

  /** Looks whether the stream still holds what it acknowledged; if not, everything goes out again. */
  async compare(process: SimProcess, broker: SimBroker): Promise<void> {
    while (this.rounds.size > 0) await process.step(5, () => undefined);
    const alone = {};
    this.rounds.add(alone);
    try {
      const acknowledged = [...this.rows.values()].flatMap((row) => row.published ?? []);
      const last = acknowledged.toSorted((a, b) => a.seq - b.seq).at(-1);
      const lost = await hasLost(
        { created: this.seen, last },
        { created: broker.created, eventAt: (seq) => Promise.resolve(broker.eventAt(seq)) },
      );
      if (lost) for (const row of this.rows.values()) row.published = null;
      this.seen = broker.created;
    } finally {
      this.rounds.delete(alone);
    }
  }

  private take(round: object, limit: number): OutboxRow[] {
    const free = [...this.rows.values()].filter((row) => row.published === null && row.lockedBy === null);
    const taken = free.slice(0, limit);
    for (const row of taken) row.lockedBy = round;
    return taken;
  }

  private release(round: object): void {
    this.rounds.delete(round);
    for (const row of this.rows.values()) if (row.lockedBy === round) row.lockedBy = null;
  }
}

/** The follower's database. */
export class SimFollower {
  readonly copies = new Map<string, number>();
  /** How often each event took effect. */
  readonly effects = new Map<string, number>();
  readonly inbox = new Set<string>();
  readonly letters: { subject: string; payload: string }[] = [];
}
