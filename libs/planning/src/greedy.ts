import { UNPLACED } from './meeting-problem.js';
import type { MeetingSchedule } from './meeting-schedule.js';

/** Gives the dearest meetings their places first, each the least loaded slot that is free for both sides. */
export function placeGreedily(schedule: MeetingSchedule): void {
  const { weights, count } = schedule.problem;
  const order = Array.from({ length: count }, (_, meeting) => meeting).toSorted(
    (one, other) => (weights[other] ?? 0) - (weights[one] ?? 0) || one - other,
  );
  for (const meeting of order) if (schedule.slotOf[meeting] === UNPLACED) placeInBestSlot(schedule, meeting);
}

/** Places one meeting where it is worth most, of equals in the slot with the fewest meetings; false where none fits. */
export function placeInBestSlot(schedule: MeetingSchedule, meeting: number): boolean {
  let best = UNPLACED;
  for (let slot = 0; slot < schedule.problem.slots; slot += 1) {
    if (!schedule.fits(meeting, slot)) continue;
    if (best === UNPLACED || isBetter(schedule, meeting, slot, best)) best = slot;
  }
  if (best === UNPLACED) return false;
  schedule.place(meeting, best);
  return true;
}

function isBetter(schedule: MeetingSchedule, meeting: number, slot: number, than: number): boolean {
  const gain = schedule.worth(meeting, slot) - schedule.worth(meeting, than);
  if (gain !== 0) return gain > 0;
  return (schedule.bySlot[slot]?.length ?? 0) < (schedule.bySlot[than]?.length ?? 0);
}
