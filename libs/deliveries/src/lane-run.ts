import { chooseDeliveries } from './choose-deliveries.js';
import { MAX_AGE_MS, settleAttempt, type Delivery, type Lane, type Outcome } from './lane.js';

/** A lane as it was leased, with the deliveries that wait at its head. */
export interface LeasedLane {
  readonly id: string;
  readonly lane: Lane;
  /** Those with the lowest positions, in their order. */
  readonly waiting: readonly Delivery[];
}

/** One attempt as it is written down. */
export interface Attempt<Report> {
  readonly deliveryId: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: Outcome;
  /** What else the sender has to say of it, for the owner's eyes. */
  readonly report: Report;
}

export interface LaneResult<Report> {
  readonly lane: Lane;
  /** Deliveries that changed, as they stand now. */
  readonly deliveries: readonly Delivery[];
  readonly attempts: readonly Attempt<Report>[];
}

export interface LaneRunOptions<Report, Leased extends LeasedLane = LeasedLane> {
  /** Sends one delivery; never rejects for a failed attempt. */
  readonly send: (leased: Leased, delivery: Delivery) => Promise<{ outcome: Outcome; report: Report }>;
  readonly now: () => number;
  /** From 0 to 1. */
  readonly chance: () => number;
  /** Attempts of a lane at the same time, once its first one was taken: one that hangs holds one connection. */
  readonly maxInFlight: number;
  /** Attempts begin before this instant only, so that the lease outlives the last one. */
  readonly startUntil: number;
}

/**
 * Works on a leased lane until nothing more can be tried now or the lease nears its end. Touches no database: the caller
 * writes the result in one transaction, and if the process dies before, what was sent is sent again.
 */
export async function runLane<Report, Leased extends LeasedLane>(
  leased: Leased,
  options: LaneRunOptions<Report, Leased>,
): Promise<LaneResult<Report>> {
  let lane = leased.lane;
  let isTaking = false;
  const waiting = new Map(leased.waiting.map((delivery) => [delivery.id, delivery]));
  const changed = new Map<string, Delivery>();
  const attempts: Attempt<Report>[] = [];
  const underWay = new Map<string, Promise<void>>();
  const record = (delivery: Delivery) => {
    changed.set(delivery.id, delivery);
    if (delivery.state === 'waiting') waiting.set(delivery.id, delivery);
    else waiting.delete(delivery.id);
  };

  for (const delivery of leased.waiting)
    if (options.now() - delivery.createdAt >= MAX_AGE_MS) record({ ...delivery, state: 'expired' });

  const attempt = async (delivery: Delivery): Promise<void> => {
    const startedAt = options.now();
    const { outcome, report } = await options.send(leased, delivery);
    const now = options.now();
    const settled = settleAttempt(lane, delivery, outcome, { startedAt, now, chance: options.chance() });
    lane = settled.lane;
    if (outcome.kind === 'delivered') isTaking = true;
    record(settled.delivery);
    attempts.push({ deliveryId: delivery.id, startedAt, endedAt: now, outcome, report });
    underWay.delete(delivery.key);
  };

  for (;;) {
    const now = options.now();
    const next =
      now >= options.startUntil
        ? []
        : chooseDeliveries(lane, waiting.values(), new Set(underWay.keys()), {
            now,
            maxInFlight: isTaking ? options.maxInFlight : 1,
          });
    for (const delivery of next) underWay.set(delivery.key, attempt(delivery));
    if (underWay.size === 0) return { lane, deliveries: [...changed.values()], attempts };
    await Promise.race(underWay.values());
  }
}
