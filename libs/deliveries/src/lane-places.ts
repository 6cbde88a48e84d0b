/** How many lanes a worker has under way at once. */
export interface LaneLimits {
  /** Lanes at once, those left out that are slow. */
  readonly maxLanes: number;
  /** Of these, places that only lanes whose receivers answer at present may take: others can't use up all. */
  readonly keptLanes: number;
  /** A lane that is not done after this is slow, and others begin in its place, in milliseconds. */
  readonly slowAfterMs: number;
  /** Slow lanes at once. */
  readonly maxSlowLanes: number;
  /** Lanes that are down (`isDown`) at once: the dead can't take all places. */
  readonly maxDownLanes: number;
}

/** A lane that is worked on. Instants are milliseconds since 1970. */
export interface RunningLane {
  readonly down: boolean;
  readonly startedAt: number;
}

/** How many lanes may begin, and which. */
export interface LanePlaces {
  /** Lanes that are not down, in the order in which they became due. */
  readonly due: number;
  /** Further lanes that are not down: those come first that took a message most recently. */
  readonly answering: number;
  /** Of those `answering`, only such as took a message at this instant or later; null for any. */
  readonly answeringSince: number | null;
  /** Lanes that are down, in the order in which they became due. */
  readonly down: number;
}

/** So many of the places go to those that took a message most recently; the others keep everybody's turn. */
const ANSWERING_SHARE = 0.25;

/**
 * The places for lanes that begin now. What tells a receiver that works from one that hangs, before anything was sent to
 * it, is when it last took a message. So these come first to a part of all places; and where lanes of which nobody knows
 * have taken all others, some are kept for those that took a message after the oldest lane under way had begun.
 */
export function placesFor(running: readonly RunningLane[], limits: LaneLimits, now: number): LanePlaces {
  const { maxLanes, keptLanes, maxSlowLanes, maxDownLanes } = limits;
  const quick = running.filter((one) => isQuick(one, limits, now)).length;
  const free = Math.max(0, Math.min(maxLanes - quick, maxLanes + maxSlowLanes - running.length));
  const open = Math.max(0, free - keptLanes);
  const down = Math.max(0, Math.min(open, maxDownLanes - running.filter((one) => one.down).length));
  if (open === 0) {
    const answeringSince = Math.min(now, ...running.map(({ startedAt }) => startedAt));
    return { due: 0, answering: free, answeringSince, down };
  }
  const answering = Math.ceil(open * ANSWERING_SHARE);
  return { due: open - answering, answering, answeringSince: null, down };
}

/** When a place becomes free although no lane ends, in milliseconds since 1970: the next one turns slow. Infinity for never. */
export function nextPlaceAt(running: readonly RunningLane[], limits: LaneLimits, now: number): number {
  const quick = running.filter((one) => isQuick(one, limits, now));
  return Math.min(Infinity, ...quick.map(({ startedAt }) => startedAt + limits.slowAfterMs));
}

function isQuick({ startedAt }: RunningLane, { slowAfterMs }: LaneLimits, now: number): boolean {
  return now - startedAt < slowAfterMs;
}
