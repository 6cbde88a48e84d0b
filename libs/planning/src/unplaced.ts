import { UNPLACED } from './meeting-problem.js';
import type { MeetingSchedule } from './meeting-schedule.js';

/** Why a meeting has no place in a schedule. */
export type UnplacedReason =
  /** There is no slot in which both people can come, whatever the others do. */
  | 'no_common_slot'
  /** In every slot in which both could come, one of them has another meeting. */
  | 'people_taken'
  /** Where both are free, all tables are taken. */
  | 'tables_taken'
  /** A company has as many meetings as it wants. */
  | 'company_limit';

/** The reasons that hold for a meeting in this schedule; none where it has a place or could have one. */
export function unplacedReasons(schedule: MeetingSchedule, meeting: number): UnplacedReason[] {
  if (schedule.slotOf[meeting] !== UNPLACED) return [];
  const slots = Array.from({ length: schedule.problem.slots }, (_, slot) => slot);
  const common = slots.filter((slot) => schedule.isAllowed(meeting, slot));
  if (common.length === 0) return ['no_common_slot'];
  const reasons: UnplacedReason[] = [];
  const free = common.filter(
    (slot) => schedule.inTheWay(meeting, 0, slot) < 0 && schedule.inTheWay(meeting, 1, slot) < 0,
  );
  if (free.length < common.length) reasons.push('people_taken');
  if (free.some((slot) => schedule.isFull(slot))) reasons.push('tables_taken');
  if (schedule.isAtLimit(meeting, 0) || schedule.isAtLimit(meeting, 1)) reasons.push('company_limit');
  return reasons;
}
