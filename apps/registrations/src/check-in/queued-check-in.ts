import type { Call } from '#contracts';

interface Common {
  readonly stopId: string;
  readonly call: Call & { replayed?: boolean };
}

/** Who is meant: by the badge, or by the id where there is no badge at hand. */
export type Scanned = { readonly badge: string } | { readonly delegateId: string };

/** A scan at the door of a stop. */
export interface QueuedScan extends Common {
  readonly kind: 'checkIn';
  readonly scanned: Scanned;
  /** The scanner's own time, where it was offline. */
  readonly at: Date | null;
}

/** A check-in that is taken back. */
export interface QueuedUndo extends Common {
  readonly kind: 'undo';
  readonly scanned: { readonly delegateId: string };
}

/** What waits to be decided at a door. */
export type QueuedCheckIn = QueuedScan | QueuedUndo;
