import { UNPLACED, type CompiledProblem } from './meeting-problem.js';

const NOBODY = -1;

/**
 * The working copy of a search: which meeting has which slot, who is taken when, and what all of it is worth. Every
 * change goes through `place` and `remove`, which keep the counters in step.
 */
export class MeetingSchedule {
  readonly slotOf: Int32Array;
  /** Meetings of each slot, in no order that matters. */
  readonly bySlot: number[][];
  /** Meetings of each company that have a place. */
  readonly placedOfCompany: Int32Array;
  /** Weights of what has a place, less the points of what moved. */
  value = 0;
  /** The meeting that a person has in a slot stands at `person × slots + slot`. */
  private readonly taken: Int32Array;

  constructor(readonly problem: CompiledProblem) {
    this.slotOf = new Int32Array(problem.count).fill(UNPLACED);
    this.bySlot = Array.from({ length: problem.slots }, () => []);
    this.placedOfCompany = new Int32Array(problem.companyCount);
    this.taken = new Int32Array(problem.personCount * problem.slots).fill(NOBODY);
    for (let meeting = 0; meeting < problem.count; meeting += 1)
      if (problem.locked[meeting] === 1) this.place(meeting, problem.present[meeting] ?? 0);
  }

  /** The meeting that keeps one of the two people of `meeting` busy in a slot, or −1. @param side 0 or 1 */
  inTheWay(meeting: number, side: 0 | 1, slot: number): number {
    const person = this.problem.people[2 * meeting + side] ?? 0;
    return this.taken[person * this.problem.slots + slot] ?? NOBODY;
  }

  isAllowed(meeting: number, slot: number): boolean {
    return this.problem.allowed[meeting * this.problem.slots + slot] === 1;
  }

  isFull(slot: number): boolean {
    return (this.bySlot[slot]?.length ?? 0) >= this.problem.tables;
  }

  /** Whether a company of the meeting has as many as it wants. @param side 0 or 1 */
  isAtLimit(meeting: number, side: 0 | 1): boolean {
    const company = this.problem.companies[2 * meeting + side] ?? 0;
    return (this.placedOfCompany[company] ?? 0) >= (this.problem.limits[company] ?? 0);
  }

  /** Whether a meeting without a place can have this slot with nothing else touched. */
  fits(meeting: number, slot: number): boolean {
    return (
      this.isAllowed(meeting, slot) &&
      !this.isFull(slot) &&
      this.inTheWay(meeting, 0, slot) === NOBODY &&
      this.inTheWay(meeting, 1, slot) === NOBODY &&
      !this.isAtLimit(meeting, 0) &&
      !this.isAtLimit(meeting, 1)
    );
  }

  /** What the meeting is worth in a slot: its weight, less the points of a move. */
  worth(meeting: number, slot: number): number {
    const { weights, present, movePoints } = this.problem;
    const had = present[meeting] ?? UNPLACED;
    return (weights[meeting] ?? 0) - (had === UNPLACED || had === slot ? 0 : movePoints);
  }

  /** Gives a meeting without a place this slot; the caller has seen to it that it is free. */
  place(meeting: number, slot: number): void {
    this.slotOf[meeting] = slot;
    this.bySlot[slot]?.push(meeting);
    this.value += this.worth(meeting, slot);
    this.count(meeting, slot, meeting, 1);
  }

  /** Takes a meeting out of its slot. */
  remove(meeting: number): void {
    const slot = this.slotOf[meeting] ?? UNPLACED;
    const others = this.bySlot[slot];
    if (others === undefined) return;
    const last = others.pop() ?? meeting;
    if (last !== meeting) others[others.indexOf(meeting)] = last;
    this.slotOf[meeting] = UNPLACED;
    this.value -= this.worth(meeting, slot);
    this.count(meeting, slot, NOBODY, -1);
  }

  /** Makes this schedule equal to slots that were copied from it, or from another of the same problem. */
  restore(slots: ArrayLike<number>): void {
    for (let meeting = 0; meeting < this.problem.count; meeting += 1)
      if (this.slotOf[meeting] !== UNPLACED && this.slotOf[meeting] !== slots[meeting]) this.remove(meeting);
    for (let meeting = 0; meeting < this.problem.count; meeting += 1) {
      const slot = slots[meeting] ?? UNPLACED;
      if (slot !== UNPLACED && this.slotOf[meeting] === UNPLACED) this.place(meeting, slot);
    }
  }

  private count(meeting: number, slot: number, mark: number, by: 1 | -1): void {
    const { people, companies, slots } = this.problem;
    for (const side of [0, 1]) {
      const company = companies[2 * meeting + side] ?? 0;
      this.taken[(people[2 * meeting + side] ?? 0) * slots + slot] = mark;
      this.placedOfCompany[company] = (this.placedOfCompany[company] ?? 0) + by;
    }
  }
}
