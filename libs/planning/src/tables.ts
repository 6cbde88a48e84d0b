import { UNPLACED, type CompiledProblem } from './meeting-problem.js';

/**
 * A table for each meeting that has a slot. Locked meetings and those that keep their slot keep their table where it is
 * still there; the others get the lowest free one, in the order of their ids.
 * @param slotOf at most as many meetings a slot as there are tables
 * @returns the number of the table by meeting, 0 where it has no slot
 */
export function assignTables(problem: CompiledProblem, slotOf: ArrayLike<number>): Int32Array {
  const tableOf = new Int32Array(problem.count);
  const taken = Array.from({ length: problem.slots }, () => new Set<number>());
  const placed = Array.from({ length: problem.count }, (_, meeting) => meeting).filter(
    (meeting) => slotOf[meeting] !== UNPLACED,
  );
  const lockedFirst = placed.toSorted(
    (one, other) => (problem.locked[other] ?? 0) - (problem.locked[one] ?? 0) || one - other,
  );
  for (const meeting of lockedFirst) {
    const present = problem.source.meetings[meeting]?.present;
    const slot = slotOf[meeting] ?? UNPLACED;
    if (present?.slot !== slot || present.table > problem.tables || taken[slot]?.has(present.table)) continue;
    tableOf[meeting] = present.table;
    taken[slot]?.add(present.table);
  }
  for (const meeting of placed) {
    const inSlot = taken[slotOf[meeting] ?? 0];
    if (tableOf[meeting] !== 0 || inSlot === undefined) continue;
    let table = 1;
    while (inSlot.has(table)) table += 1;
    tableOf[meeting] = table;
    inSlot.add(table);
  }
  return tableOf;
}
