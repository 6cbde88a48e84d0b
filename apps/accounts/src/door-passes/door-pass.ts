import type { z } from 'zod';
import { formatInstant, type DoorPass } from '#contracts';

/** A pass that signs one phone in as staff of a stop. Of the pass itself the hash is stored. */
export interface DoorPassRecord {
  id: string;
  organizationId: string;
  stopId: string;
  label: string;
  passHash: string;
  createdAt: Date;
  /** A day after the end of the stop, as it is at `stopVersion`. */
  expiresAt: Date;
  stopVersion: number;
  usedAt: Date | null;
  deletedAt: Date | null;
}

const afterEndMs = 24 * 3_600_000;

/** A day after the stop's end: who tidies up at the door still finds its list. */
export function passExpiry(stopEndsAt: string): Date {
  return new Date(Date.parse(stopEndsAt) + afterEndMs);
}

export function presentDoorPass({
  id,
  label,
  createdAt,
  expiresAt,
  usedAt,
}: DoorPassRecord): z.output<typeof DoorPass> {
  return {
    id,
    label,
    createdAt: formatInstant(createdAt),
    expiresAt: formatInstant(expiresAt),
    usedAt: usedAt && formatInstant(usedAt),
  };
}
