import type { DelegationStatus } from '../seats/delegation.js';
import type { StopSnapshot } from '../seats/stop-seats.js';
import { invalidField, type Refusal, refusal } from '../seats/refusal.js';

/** How far a scanner's clock may run ahead. */
export const aheadMaxMs = 5 * 60_000;

/** What is stored of a scanned badge. The time of check-in belongs to the badge, so a substitute starts without one. */
export interface ScannedBadge {
  readonly stopId: string;
  readonly status: DelegationStatus;
  /** Replaced by a substitution or taken away with its delegate. */
  readonly ended: boolean;
  readonly checkedInAt: Date | null;
}

export type CheckIn =
  | {
      readonly accepted: true;
      readonly checkedInAt: Date;
      readonly repeated: boolean;
      readonly changed: boolean;
    }
  | { readonly accepted: false; readonly refusal: Refusal };

/**
 * Lets one badge in at the door of one stop. `at` is the scanner's time where it was offline; a scan sent again, or
 * sent late, keeps the earliest time. `changed` says whether there is anything to write.
 */
export function checkIn(
  door: Pick<StopSnapshot, 'stopId' | 'status'>,
  badge: ScannedBadge | null,
  at: Date | null,
  now: Date,
): CheckIn {
  const time = at ?? now;
  const reason = aheadOfTime(time, now) ?? notAdmitted(door, badge);
  if (reason !== null) return { accepted: false, refusal: reason };
  const earlier = badge?.checkedInAt ?? null;
  const changed = earlier === null || time < earlier;
  return { accepted: true, checkedInAt: changed ? time : earlier, repeated: earlier !== null, changed };
}

function aheadOfTime(at: Date, now: Date): Refusal | null {
  if (at.getTime() - now.getTime() <= aheadMaxMs) return null;
  return invalidField('/at', 'The time of the scan lies more than 5 minutes ahead.');
}

/** A draft needs no rule of its own: it has never had a delegate, so no badge is one of its own. */
function notAdmitted(
  door: Pick<StopSnapshot, 'stopId' | 'status'>,
  badge: ScannedBadge | null,
): Refusal | null {
  if (door.status === 'cancelled') return refusal('stop.cancelled', 'The stop was cancelled.');
  if (badge === null) return refusal('badge.unknown', 'Nobody has this badge.');
  if (badge.stopId !== door.stopId) return refusal('badge.wrong_stop', 'The badge is for another stop.');
  if (badge.ended) return refusal('badge.not_valid', 'The badge was replaced or taken back.');
  if (badge.status === 'confirmed') return null;
  return refusal('badge.not_valid', `The registration of this badge is ${badge.status}.`);
}
