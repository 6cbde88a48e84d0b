import { nextAttemptAt } from '../choose-deliveries.js';
import { isDown, type Delivery, type Lane } from '../lane.js';
import type { LanePlaces } from '../lane-places.js';
import type { LaneResult, LeasedLane } from '../lane-run.js';
import type { LaneStore } from '../lane-worker.js';

interface StoredLane {
  lane: Lane;
  leaseUntil: number;
  /** Those that wait, in the order of their positions. */
  waiting: Map<string, Delivery>;
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
      waiting: new Map(),
    });
  }

  /** Positions of a lane have to increase from one to the next. */
  addDelivery(laneId: string, id: string, key: string, position: number): void {
    this.lanes.get(laneId)?.waiting.set(id, {
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
    return [...(this.lanes.get(laneId)?.waiting.values() ?? [])];
  }

  lease({ due, answering, answeringSince, down }: LanePlaces): Promise<LeasedLane[]> {
    const waiting = this.dueLanes();
    const up = waiting.filter(({ lane }) => !isDown(lane));
    const latest = up
      .filter(({ lane }) => answeringSince === null || lane.lastSuccessAt >= answeringSince)
      .toSorted((one, other) => other.lane.lastSuccessAt - one.lane.lastSuccessAt)
      .slice(0, answering);
    const inTurn = up.filter((one) => !latest.includes(one)).slice(0, due);
    const downLanes = waiting.filter(({ lane }) => isDown(lane)).slice(0, down);
    return Promise.resolve([...latest, ...inTurn, ...downLanes].map((one) => this.leaseLane(one)));
  }

  settle({ id }: Pick<LeasedLane, 'id'>, result: LaneResult<null>): Promise<void> {
    const stored = this.lanes.get(id);
    if (stored === undefined) return Promise.resolve();
    stored.lane = result.lane;
    stored.leaseUntil = 0;
    for (const delivery of result.deliveries)
      if (delivery.state === 'waiting') stored.waiting.set(delivery.id, delivery);
      else stored.waiting.delete(delivery.id);
    return Promise.resolve();
  }

  nextDueAt(after: number): Promise<number | null> {
    const due = [...this.lanes.values()].flatMap((stored) => {
      const at = dueAtOf(stored);
      return at === null ? [] : [Math.max(at, stored.leaseUntil)];
    });
    const later = due.filter((at) => at > after);
    return Promise.resolve(later.length === 0 ? null : Math.min(...later));
  }

  /** Those that nobody has leased, in the order in which they became due. */
  private dueLanes(): (StoredLane & { id: string })[] {
    const now = this.now();
    return [...this.lanes]
      .flatMap(([id, stored]) => {
        const dueAt = stored.leaseUntil > now ? null : dueAtOf(stored);
        return dueAt === null || dueAt > now ? [] : [{ id, dueAt, ...stored }];
      })
      .toSorted((one, other) => one.dueAt - other.dueAt);
  }

  private leaseLane({ id, lane }: StoredLane & { id: string }): LeasedLane {
    const stored = this.lanes.get(id);
    if (stored !== undefined) stored.leaseUntil = this.now() + this.leaseMs;
    return { id, lane, waiting: this.waitingOf(id).slice(0, this.batch) };
  }
}

function dueAtOf({ lane, waiting }: StoredLane): number | null {
  if (lane.state !== 'active' || waiting.size === 0) return null;
  return nextAttemptAt(lane, [...waiting.values()]);
}
