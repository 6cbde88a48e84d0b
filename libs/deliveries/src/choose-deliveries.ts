import { isDown, type Delivery, type Lane } from './lane.js';

/**
 * The deliveries to attempt next.
 * Of each key only the first that waits may be tried, and none while one of its key is under way, so a key's order is
 * kept. An endpoint that is down gets one attempt: its oldest message, but one that it did not refuse for itself if
 * there is such a one, else a single bad message would keep the endpoint down.
 * @param waiting in the order of their positions
 * @param underWay keys of the attempts that are under way
 * @param maxInFlight attempts of the endpoint at the same time, those under way included
 */
export function chooseDeliveries(
  lane: Lane,
  waiting: Iterable<Delivery>,
  underWay: ReadonlySet<string>,
  { now, maxInFlight }: { now: number; maxInFlight: number },
): Delivery[] {
  if (lane.state !== 'active' || lane.nextAt > now) return [];
  if (!isDown(lane)) return eligible(waiting, underWay, now, maxInFlight - underWay.size);
  if (underWay.size > 0) return [];
  const all = eligible(waiting, underWay, now, Infinity);
  const probe = all.find(({ refused }) => !refused) ?? all[0];
  return probe === undefined ? [] : [probe];
}

/** Reads no further than it has to: a lane that works takes a few of the many that wait. */
function eligible(
  waiting: Iterable<Delivery>,
  underWay: ReadonlySet<string>,
  now: number,
  most: number,
): Delivery[] {
  const chosen: Delivery[] = [];
  if (most <= 0) return chosen;
  for (const delivery of firstOfEachKey(waiting, underWay)) {
    if (delivery.nextAt > now) continue;
    chosen.push(delivery);
    if (chosen.length >= most) break;
  }
  return chosen;
}

function* firstOfEachKey(
  waiting: Iterable<Delivery>,
  underWay: ReadonlySet<string>,
): Generator<Delivery, void> {
  const seen = new Set(underWay);
  for (const delivery of waiting) {
    if (seen.has(delivery.key)) continue;
    seen.add(delivery.key);
    yield delivery;
  }
}

/** When something of the lane can be tried again; null where nothing waits. */
export function nextAttemptAt(lane: Lane, waiting: readonly Delivery[]): number | null {
  const first = [...firstOfEachKey(waiting, new Set())];
  if (first.length === 0) return null;
  return Math.max(lane.nextAt, Math.min(...first.map(({ nextAt }) => nextAt)));
}
