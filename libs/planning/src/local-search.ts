import { accepts, temperatureAt } from './annealing.js';
import { placeInBestSlot } from './greedy.js';
import { UNPLACED } from './meeting-problem.js';
import type { MeetingSchedule } from './meeting-schedule.js';
import type { Random } from './random.js';

/** Progress is reported after so many steps; few, since a report may end the search. */
const STEPS_BETWEEN_REPORTS = 16_384;

/**
 * Improves a schedule by simulated annealing: put a meeting into a slot, put those in its way out, and find them other
 * places. Leaves the best schedule that it met in place.
 * @param steps tries, and not seconds: the same steps give the same schedule on every machine
 * @param hottest the temperature at the start, in points: how much worse a step may be
 * @param onProgress called now and then with the steps done and the best value so far
 */
export function searchLocally(
  schedule: MeetingSchedule,
  steps: number,
  random: Random,
  hottest: number,
  onProgress: (steps: number, value: number) => void = () => undefined,
): void {
  const { count, openSlots, locked } = schedule.problem;
  if (count === 0) return;
  let best = { value: schedule.value, slots: schedule.slotOf.slice() };
  for (let step = 0; step < steps; step += 1) {
    const meeting = random.below(count);
    const open = openSlots[meeting] ?? [];
    const slot = open[random.below(open.length)];
    if (slot !== undefined && locked[meeting] !== 1)
      tryStep(schedule, meeting, slot, temperatureAt(step, steps, hottest), random);
    if (schedule.value > best.value) best = { value: schedule.value, slots: schedule.slotOf.slice() };
    if (step % STEPS_BETWEEN_REPORTS === 0) onProgress(step, best.value);
  }
  schedule.restore(best.slots);
}

function tryStep(
  schedule: MeetingSchedule,
  meeting: number,
  slot: number,
  temperature: number,
  random: Random,
): void {
  const before = schedule.slotOf[meeting] ?? UNPLACED;
  if (before === slot) return;
  const evicted = evictionsFor(schedule, meeting, slot, random);
  if (evicted === null) return;
  let gain = schedule.worth(meeting, slot) - (before === UNPLACED ? 0 : schedule.worth(meeting, before));
  for (const other of evicted) gain -= schedule.worth(other, schedule.slotOf[other] ?? 0);
  if (!accepts(gain, temperature, random)) return;
  if (before !== UNPLACED) schedule.remove(meeting);
  for (const other of evicted) schedule.remove(other);
  schedule.place(meeting, slot);
  for (const other of evicted) placeInBestSlot(schedule, other);
}

/** The meetings that have to leave so that this one can have the slot; null where one of them may not. */
function evictionsFor(
  schedule: MeetingSchedule,
  meeting: number,
  slot: number,
  random: Random,
): number[] | null {
  const evicted: number[] = [];
  for (const side of [0, 1] as const) {
    const other = schedule.inTheWay(meeting, side, slot);
    if (other >= 0 && other !== meeting && !evicted.includes(other)) evicted.push(other);
  }
  if (!evicted.some((other) => schedule.slotOf[other] === slot) && schedule.isFull(slot)) {
    const inSlot = schedule.bySlot[slot] ?? [];
    const other = inSlot[random.below(inSlot.length)];
    if (other === undefined) return null;
    evicted.push(other);
  }
  if (schedule.slotOf[meeting] === UNPLACED) {
    for (const side of [0, 1] as const) {
      const other = overLimit(schedule, meeting, side, evicted);
      if (other === UNPLACED) continue;
      evicted.push(other);
    }
  }
  return evicted.some((other) => schedule.problem.locked[other] === 1) ? null : evicted;
}

/** The cheapest meeting of a company that is at its limit and gives none up yet, or −1. */
function overLimit(
  schedule: MeetingSchedule,
  meeting: number,
  side: 0 | 1,
  evicted: readonly number[],
): number {
  if (!schedule.isAtLimit(meeting, side)) return UNPLACED;
  const { companies, count, weights, locked } = schedule.problem;
  const company = companies[2 * meeting + side];
  const isOf = (other: number) => companies[2 * other] === company || companies[2 * other + 1] === company;
  if (evicted.some(isOf)) return UNPLACED;
  let cheapest = UNPLACED;
  for (let other = 0; other < count; other += 1) {
    if (schedule.slotOf[other] === UNPLACED || locked[other] === 1 || !isOf(other)) continue;
    if (cheapest === UNPLACED || (weights[other] ?? 0) < (weights[cheapest] ?? 0)) cheapest = other;
  }
  return cheapest;
}
