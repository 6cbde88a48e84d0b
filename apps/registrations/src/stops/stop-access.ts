import { isOrganizerOf, type Caller } from '#contracts';
import type { StopSnapshot } from '../seats/stop-seats.js';

type Stop = Pick<StopSnapshot, 'stopId' | 'organizationId'>;

/** Staff keep the door of the stop of their key, organizers those of their organization. */
export function keepsDoorOf(caller: Caller, stop: Stop): boolean {
  return isOrganizerOf(caller, stop) || (caller.role === 'staff' && caller.stopId === stop.stopId);
}

/** Who may see a stop before it was published. */
export function mayPrepare(caller: Caller, stop: Stop): boolean {
  if (caller.role === 'staff') return caller.stopId === stop.stopId;
  return caller.role === 'admin' || caller.organizationId === stop.organizationId;
}
