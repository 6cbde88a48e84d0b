import { createHash } from 'node:crypto';
import type { Localized } from '#contracts';
import { mobileLast4 } from '../seats/delegate-search.js';
import { shownBadge, type DelegationStatus } from '../seats/delegation.js';

/** A seat as a door's list has it. */
export interface DoorRow {
  readonly delegateId: string;
  readonly registrationId: string;
  readonly companyId: string;
  readonly companyName: Localized;
  readonly createdAt: Date;
  readonly status: DelegationStatus;
  readonly registrationVersion: number;
  /** False for a delegate who was removed. */
  readonly isThere: boolean;
  readonly name: string;
  readonly mobile: string | null;
  readonly badge: string | null;
  readonly checkedInAt: Date | null;
  readonly checkInVersion: number;
}

/** An item whose version rises with every change: check-ins of one version of a registration stay below this. */
const checkInsOfVersion = 1_000_000;

export function doorVersion({ registrationVersion, checkInVersion }: DoorRow): number {
  return registrationVersion * checkInsOfVersion + Math.min(checkInVersion, checkInsOfVersion - 1);
}

/** Whom a door expects: only a confirmed delegate with a badge, so nobody who was removed or erased. */
export function isExpected({ isThere, status, badge }: DoorRow): boolean {
  return isThere && shownBadge(status, { badge }) !== null;
}

/** Known to doors in place of the badge, so that a stolen list lets nobody in. */
export function badgeHashOf(badge: string | null): string | null {
  return badge === null ? null : createHash('sha256').update(badge).digest('base64url');
}

export function lastDigitsOf(row: DoorRow): string | null {
  return row.isThere ? mobileLast4(row.mobile) : null;
}
