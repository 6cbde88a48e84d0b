import type { Call, InputOf, checkInDelegate } from '#contracts';

/** A scan at the door of a stop, as it waits to be decided. */
export interface QueuedCheckIn {
  readonly stopId: string;
  readonly badge: string;
  /** The scanner's own time, where it was offline. */
  readonly at: Date | null;
  readonly call: Call & { replayed?: boolean };
}

export function queuedCheckIn(
  { stopId, body }: InputOf<typeof checkInDelegate>,
  call: Call & { replayed?: boolean },
): QueuedCheckIn {
  return { stopId, badge: body.badge, at: body.at === undefined ? null : new Date(body.at), call };
}
