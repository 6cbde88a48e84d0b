import type { StopState } from '#contracts';
import type { StopSnapshot } from '../seats/stop-seats.js';

/** What deciding about seats needs of a stop, out of what the stops service tells of it. */
export function snapshotOf(state: StopState): StopSnapshot {
  const { registration } = state;
  return {
    stopId: state.id,
    organizationId: state.organizationId,
    stopVersion: state.version,
    status: state.status,
    endsAt: new Date(state.endsAt),
    capacity: state.capacity,
    maxDelegatesPerCompany: state.maxDelegatesPerCompany,
    opensAt: new Date(registration.opensAt),
    closesAt: new Date(registration.closesAt),
    approval: registration.approval,
    waitlist: registration.waitlist,
    waitlistPolicy: registration.waitlistPolicy,
    verifiedOnly: registration.verifiedOnly,
  };
}
