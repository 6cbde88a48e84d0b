/** Numbers that look random and follow from a seed alone (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Time that passes only when everything that could happen has happened. Between two happenings all promises settle, so
 * one seed gives one course of events.
 */
export class SimClock {
  nowMs = 0;
  private readonly plans: { atMs: number; order: number; run: () => void }[] = [];
  private order = 0;

  after(ms: number, run: () => void): void {
    const plan = { atMs: this.nowMs + ms, order: (this.order += 1), run };
    let place = this.plans.length;
    while (place > 0 && isLater(this.plans[place - 1], plan)) place -= 1;
    this.plans.splice(place, 0, plan);
  }

  async runUntil(endMs: number): Promise<void> {
    // What was begun before, outside of any plan, comes as far as it can before the first plan.
    await promisesSettled();
    for (;;) {
      const next = this.plans[0];
      if (next === undefined || next.atMs > endMs) break;
      this.plans.shift();
      this.nowMs = next.atMs;
      next.run();
      await promisesSettled();
    }
    this.nowMs = endMs;
  }
}

function isLater(one: { atMs: number; order: number } | undefined, other: { atMs: number; order: number }) {
  return one !== undefined && (one.atMs - other.atMs || one.order - other.order) > 0;
}

/** Node comes to the next tick when no promise is left to settle; a turn of the event loop would take ten times as long. */
function promisesSettled(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

/** One life of a process. After its death nothing that it began comes to an end, as after SIGKILL. */
export class SimProcess {
  dead = false;
  private readonly onDeath: (() => void)[] = [];

  constructor(private readonly clock: SimClock) {}

  /** Something that takes time. What it does, it does at its end and in one go; a process killed before does nothing. */
  step<T>(ms: number, effect: () => T | Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.clock.after(ms, () => {
        if (!this.dead) Promise.resolve().then(effect).then(resolve, reject);
      });
    });
  }

  every(ms: number, work: () => void): () => void {
    let stopped = false;
    const again = () => {
      if (this.dead || stopped) return;
      work();
      this.clock.after(ms, again);
    };
    this.clock.after(ms, again);
    return () => {
      stopped = true;
    };
  }

  /** What the database does when the connection of a killed process ends. */
  atDeath(release: () => void): void {
    this.onDeath.push(release);
  }

  kill(): void {
    this.dead = true;
    for (const release of this.onDeath) release();
  }
}
