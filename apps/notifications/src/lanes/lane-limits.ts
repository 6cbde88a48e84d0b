/** What all lanes have in common, those of webhooks and those of chat robots. */
export const laneLimits = {
  /** For how long after it was leased attempts of a lane may begin. */
  startWithinMs: 10_000,
  /** The table of lanes is looked at this often even if nobody wakes the worker. */
  idleMs: 2_000,
  now: () => Date.now(),
  chance: () => Math.random(),
} as const;

/** A lane is another worker's after this, unless its result was written before. An attempt takes 15 s at most. */
export const leaseMs = 30_000;
