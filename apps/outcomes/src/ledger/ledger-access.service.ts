import { Injectable } from '@nestjs/common';
import { notFound, isOrganizerOf, type Caller } from '#contracts';
import type { CallContext } from '#messaging';
import { StopProjectionService } from '../stops/stop-projection.service.js';

/** Who may see and change what of a tour's ledger. */
@Injectable()
export class LedgerAccess {
  constructor(private readonly stops: StopProjectionService) {}

  /** The tour's organization, for its organizers alone. */
  async organizerOf(call: CallContext, tourId: string): Promise<string> {
    const organizationId = await this.stops.organizationOf(call, tourId);
    if (!isOrganizerOf(call.caller, { organizationId })) throw notFound('tour');
    return organizationId;
  }

  /** Whether the caller sees only what was announced; throws where it may not know of the tour. */
  async seesAnnouncedAlone(call: CallContext, tourId: string): Promise<boolean> {
    const organizationId = await this.stops.organizationOf(call, tourId);
    return !isOrganizerOf(call.caller, { organizationId });
  }

  /** Throws where a named stop is not one of the tour. */
  async refuseOtherStop(tourId: string, stopId: string | null | undefined): Promise<void> {
    if (stopId === null || stopId === undefined) return;
    const stop = await this.stops.get(stopId);
    if (stop.tourId !== tourId) throw notFound('stop');
  }
}

interface Owned {
  readonly organizationId: string;
  readonly announcedAt: string | null;
}

/** Throws `resource.not_found` for a draft of somebody else's. */
export function refuseHidden(caller: Caller, thing: Owned, noun: string): void {
  if (thing.announcedAt === null && !isOrganizerOf(caller, thing)) throw notFound(noun);
}

/** Throws `resource.not_found` for organizers of others: changing is the organizer's alone. */
export function refuseOthers(caller: Caller, thing: Owned, noun: string): void {
  if (!isOrganizerOf(caller, thing)) throw notFound(noun);
}
