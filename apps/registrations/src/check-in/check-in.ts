import type { DelegationStatus } from '../seats/delegation.js';
import type { StopSnapshot } from '../seats/stop-seats.js';
import { invalidField, type Refusal, refusal } from '../seats/refusal.js';

/** How far a scanner's clock may run ahead. */
export const maxAheadMs = 5 * 60_000;
/** How long before the stop begins a scan can have been: doors open the day before at the earliest. */
export const maxEarlyMs = 24 * 3_600_000;

/** What is stored of a scanned badge. The time of check-in belongs to the badge, so a substitute starts without one. */
export interface ScannedBadge {
  readonly stopId: string;
  readonly status: DelegationStatus;
  /** Replaced by a substitution or taken away with its delegate. */
  readonly ended: boolean;
  readonly checkedInAt: Date | null;
  /** When its delegation registered: nobody came before. Null for a badge that is no longer valid. */
  readonly registeredAt: Date | null;
}

type Door = Pick<StopSnapshot, 'stopId' | 'status' | 'startsAt'>;

export type CheckIn =
  | {
      readonly accepted: true;
      readonly checkedInAt: Date;
      readonly repeated: boolean;
      readonly changed: boolean;
      /** Whether the scanner's time could not be, so that the present one was taken. */
      readonly adjusted: boolean;
    }
  | { readonly accepted: false; readonly refusal: Refusal };

/**
 * Lets one badge in at the door of one stop. `at` is the scanner's time where it was offline; a scan sent again, or
 * sent late, keeps the earliest time. `changed` says whether there is anything to write.
 */
export function checkIn(door: Door, badge: ScannedBadge | null, at: Date | null, now: Date): CheckIn {
  const reason = aheadOfTime(at ?? now, now) ?? notAdmitted(door, badge);
  if (reason !== null) return { accepted: false, refusal: reason };
  const adjusted = at !== null && isTooEarly(at, door, badge);
  const time = at === null || adjusted ? now : at;
  const earlier = badge?.checkedInAt ?? null;
  const changed = earlier === null || time < earlier;
  return {
    accepted: true,
    checkedInAt: changed ? time : earlier,
    repeated: earlier !== null,
    changed,
    adjusted,
  };
}

function aheadOfTime(at: Date, now: Date): Refusal | null {
  if (at.getTime() - now.getTime() <= maxAheadMs) return null;
  return invalidField('/at', 'The time of the scan lies more than 5 minutes ahead.');
}

function isTooEarly(at: Date, { startsAt }: Door, badge: ScannedBadge | null): boolean {
  const earliest = startsAt.getTime() - maxEarlyMs;
  return at.getTime() < Math.max(earliest, badge?.registeredAt?.getTime() ?? earliest);
}

/** A draft needs no rule of its own: it has never had a delegate, so no badge is one of its own. */
function notAdmitted(
  door: Pick<StopSnapshot, 'stopId' | 'status'>,
  badge: ScannedBadge | null,
): Refusal | null {
  if (door.status === 'cancelled') return refusal('stop.cancelled', 'The stop was cancelled.');
  if (badge === null) return refusal('badge.unknown', 'No delegate has this badge.');
  if (badge.stopId !== door.stopId) return refusal('badge.wrong_stop', 'The badge is for another stop.');
  if (badge.ended) return refusal('badge.not_valid', 'The badge was replaced or taken back.');
  if (badge.status === 'confirmed') return null;
  return refusal('badge.not_valid', whyNoBadge(badge.status));
}

/** In words for who stands at the door; a confirmed delegate without a badge was erased. */
export function whyNoBadge(status: DelegationStatus): string {
  return statusMessages[status];
}

const statusMessages = {
  pending: 'The registration still waits for the approval of the organizer.',
  waitlisted: 'The delegation is on the waiting list and has no seats yet.',
  declined: 'The organizer has declined the registration.',
  cancelled: 'The registration was cancelled.',
  confirmed: "The delegate's personal data was erased, and the badge with it.",
} as const satisfies Record<DelegationStatus, string>;
