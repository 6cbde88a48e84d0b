import { IANAZone } from 'luxon';

export const dayMs = 86_400_000;

/**
 * A zone of the IANA database that looks its offsets up once a day: each look-up costs some ten microseconds, and a
 * timetable asks thousands of times about the same few days. It rests on no zone changing twice within a day, which
 * none does (the closest changes since 1999 are a week apart).
 */
export class RememberedZone extends IANAZone {
  /** The offset at the start of a day (UTC), by the number of the day. */
  private readonly offsets = new Map<number, number>();

  override offset(ms: number): number {
    const day = Math.floor(ms / dayMs);
    const offset = this.offsetAtStartOf(day);
    return offset === this.offsetAtStartOf(day + 1) ? offset : super.offset(ms);
  }

  private offsetAtStartOf(day: number): number {
    const known = this.offsets.get(day);
    if (known !== undefined) return known;
    const offset = super.offset(day * dayMs);
    this.offsets.set(day, offset);
    return offset;
  }
}
