import type { StopState } from '#contracts';
import type { StopSnapshot } from '../seats/stop-seats.js';

/** What deciding about seats needs of a stop, from the events of the stops service. */
export function snapshotOf(state: StopState): StopSnapshot {
  const { registration } = state;
  return {
    stopId: state.id,
    organizationId: state.organizationId,
    stopVersion: state.version,
    status: state.status,
    startsAt: new Date(state.startsAt),
    endsAt: new Date(state.endsAt),
    capacity: state.capacity,
    maxDelegatesPerCompany: state.maxDelegatesPerCompany,
    opensAt: new Date(registration.opensAt),
    closesAt: new Date(registration.closesAt),
    changesUntil: changesUntilOf(state),
    approval: registration.approval,
    waitlist: registration.waitlist,
    waitlistPolicy: registration.waitlistPolicy,
    verifiedOnly: registration.verifiedOnly,
    timeZone: state.timeZone,
  };
}

/** A stop whose service has not said it yet: until it begins, or until its window closes where that is later. */
function changesUntilOf({ startsAt, registration }: StopState): Date {
  const { closesAt, changesUntil } = registration as StopState['registration'] & { changesUntil?: string };
  if (changesUntil !== undefined) return new Date(changesUntil);
  return new Date(Math.max(Date.parse(startsAt), Date.parse(closesAt)));
}
