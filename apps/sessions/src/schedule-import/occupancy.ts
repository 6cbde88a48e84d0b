/** A stretch of time, in milliseconds since the epoch; its end is not part of it. */
export type TimeRange = { startMs: number; endMs: number };

/** Stretches that do not overlap, in order, so that what is in the way of another one is found by halving. */
export class Occupancy<Taken extends TimeRange> {
  private readonly taken: Taken[] = [];

  overlapping({ startMs, endMs }: TimeRange): Taken[] {
    const found: Taken[] = [];
    for (let at = this.firstEndingAfter(startMs); ; at += 1) {
      const next = this.taken[at];
      if (next === undefined || next.startMs >= endMs) return found;
      found.push(next);
    }
  }

  add(stretch: Taken): void {
    this.taken.splice(this.firstEndingAfter(stretch.startMs), 0, stretch);
  }

  private firstEndingAfter(ms: number): number {
    let [low, high] = [0, this.taken.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.taken[middle]?.endMs ?? Infinity) > ms) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** One occupancy for each key: a room, or a speaker. */
export class Occupancies<Taken extends TimeRange> {
  private readonly byKey = new Map<string, Occupancy<Taken>>();

  of(key: string): Occupancy<Taken> {
    const known = this.byKey.get(key) ?? new Occupancy<Taken>();
    this.byKey.set(key, known);
    return known;
  }
}
