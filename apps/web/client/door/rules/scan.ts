import type { Localized } from '../../../shared/language.js';

/** What the door said at once, from its list alone. */
export type Said = 'admit' | 'already' | 'not_valid' | 'unknown' | 'no_badge' | 'take_back';

/**
 * Whether the API has to be asked, and what it said. `local`: nothing to ask; `waiting`: not asked yet, or no answer;
 * `confirmed` and `refused`: answered; `dropped`: taken back before it was ever sent.
 */
export type ScanState = 'local' | 'waiting' | 'confirmed' | 'refused' | 'dropped';

/** One scan, or a check-in taken back: kept until the API has answered, and for the list of what was done last. */
export interface Scan {
  /** Also the idempotency key, so that sending it again has one effect. */
  readonly id: string;
  /** Scans of a phone are sent in this order. */
  readonly serial: number;
  readonly said: Said;
  readonly state: ScanState;
  readonly badge: string | null;
  readonly delegateId: string | null;
  readonly name: string | null;
  readonly company: Localized | null;
  /** On the phone's clock. */
  readonly atMs: number;
  /** The `at` that was sent: a repeat has to be the same request. */
  readonly sentAt: string | null;
  readonly tries: number;
  /** The code of the problem, `already` or `also_elsewhere`. */
  readonly reason: string | null;
  /** When the person came in first, where that is known. */
  readonly checkedInAt: string | null;
  /** What the API contradicted is shown until somebody has looked at it. */
  readonly isSeen: boolean;
}

export const isWaiting = ({ state }: Scan): boolean => state === 'waiting';

/** The door let somebody in, and the API says otherwise. */
export const needsLook = ({ said, state, reason, isSeen }: Scan): boolean =>
  !isSeen && said !== 'unknown' && (state === 'refused' || reason === 'also_elsewhere');

/** Enough to see what happened a while ago; older ones that are answered are forgotten. */
const keptScans = 200;

/** The scans that need not be kept any longer, oldest first. */
export function outlived(scans: readonly Scan[]): Scan[] {
  const old = scans.slice(0, Math.max(0, scans.length - keptScans));
  return old.filter((scan) => !isWaiting(scan) && !needsLook(scan));
}

/** Whether somebody is in, by what this phone did and the API has not answered yet; `undefined`: nothing. */
export function ownChange(scans: readonly Scan[], delegateId: string): Scan | undefined {
  return scans.findLast((scan) => scan.delegateId === delegateId && isWaiting(scan));
}
