import { nextAttemptAt } from '../choose-deliveries.js';
import { isDown, type Delivery, type Lane } from '../lane.js';
import type { LaneResult, LeasedLane } from '../lane-run.js';
import type { LaneStore } from '../lane-worker.js';

interface StoredLane {
  lane: Lane;
  leaseUntil: number;
  deliveries: Map<string, Delivery>;
}

/** A table of lanes in memory, with the promises of the one in SQL: a lease ends by itself, and is one worker's. */
export class MemoryLaneStore implements LaneStore<null> {
  readonly lanes = new Map<string, StoredLane>();

  constructor(
    private readonly now: () => number,
    private readonly leaseMs: number,
    private readonly batch = 20,
  ) {}

  addLane(id: string): void {
    const lane = { state: 'active', failuresInARow: 0, lastFailureAt: null, nextAt: 0 } as const;
    this.lanes.set(id, {
      lane: { ...lane, lastSuccessAt: this.now() },
      leaseUntil: 0,
      deliveries: new Map(),
    });
  }

  addDelivery(laneId: string, id: string, key: string, position: number): void {
    this.lanes.get(laneId)?.deliveries.set(id, {
      id,
      key,
      position,
      state: 'waiting',
      attempts: 0,
      createdAt: this.now(),
      firstFailedAt: null,
      nextAt: 0,
      refused: false,
    });
  }

  waitingOf(laneId: string): Delivery[] {
    const all = [...(this.lanes.get(laneId)?.deliveries.values() ?? [])];
    return all
      .filter(({ state }) => state === 'waiting')
      .toSorted((one, other) => one.position - other.position);
  }

  lease(most: number, mostDown: number): Promise<LeasedLane[]> {
    const now = this.now();
    const leased: LeasedLane[] = [];
    let down = 0;
    for (const [id, stored] of this.lanes) {
      if (stored.leaseUntil > now || stored.lane.state !== 'active') continue;
      const waiting = this.waitingOf(id);
      const dueAt = nextAttemptAt(stored.lane, waiting);
      if (leased.length >= most || dueAt === null || dueAt > now) continue;
      if (isDown(stored.lane) && (down += 1) > mostDown) continue;
      stored.leaseUntil = now + this.leaseMs;
      leased.push({ id, lane: stored.lane, waiting: waiting.slice(0, this.batch) });
    }
    return Promise.resolve(leased);
  }

  settle({ id }: Pick<LeasedLane, 'id'>, result: LaneResult<null>): Promise<void> {
    const stored = this.lanes.get(id);
    if (stored === undefined) return Promise.resolve();
    stored.lane = result.lane;
    stored.leaseUntil = 0;
    for (const delivery of result.deliveries) stored.deliveries.set(delivery.id, delivery);
    return Promise.resolve();
  }

  nextDueAt(): Promise<number | null> {
    const due = [...this.lanes.keys()].flatMap((id) => {
      const stored = this.lanes.get(id);
      const at = stored === undefined ? null : nextAttemptAt(stored.lane, this.waitingOf(id));
      return at === null || stored?.lane.state !== 'active' ? [] : [Math.max(at, stored.leaseUntil)];
    });
    return Promise.resolve(due.length === 0 ? null : Math.min(...due));
  }
}
