import { Injectable } from '@nestjs/common';
import { Problem, getDelegations, type LiveDelegation, type RegistrationStatus } from '#contracts';
import { Rpc } from '#messaging';
import { Database, UnitOfWork } from '#persistence';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { DelegationProjectionRepository } from './delegation-projection.repository.js';
import type { DelegationRow } from './delegation-row.js';

const liveStatuses: readonly RegistrationStatus[] = ['confirmed', 'pending', 'waitlisted'];

/** Knows which company comes to which stop. */
@Injectable()
export class DelegationProjectionService {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly rpc: Rpc,
    private readonly stops: StopProjectionService,
    private readonly delegations: DelegationProjectionRepository,
  ) {}

  /** Throws `listing.not_of_tour` for a company that never had a live registration at a stop of the tour. */
  async refuseNotOfTour(companyId: string, tourId: string): Promise<void> {
    if (await this.delegations.isOfTour(this.database, tourId, companyId)) return;
    const fetched = await this.fetch({ companyIds: [companyId] });
    for (const stopId of new Set(fetched.map((one) => one.stopId))) await this.stops.get(stopId);
    if (await this.delegations.isOfTour(this.database, tourId, companyId)) return;
    throw new Problem('listing.not_of_tour', 'Register for a stop of this tour first.');
  }

  /** Throws `meeting.not_attending` for a company without a live registration at the stop. */
  async refuseNotAttending(companyId: string, stopId: string): Promise<void> {
    if (await this.isAttending(companyId, stopId)) return;
    throw new Problem('meeting.not_attending', 'Register for this stop first.');
  }

  async isAttending(companyId: string, stopId: string): Promise<boolean> {
    if (await this.delegations.isAttending(this.database, stopId, companyId)) return true;
    const fetched = await this.fetch({ stopId, companyIds: [companyId] });
    return fetched.length > 0;
  }

  /** The live delegations as registrations has them at this moment, with delegates and when these are in sessions. */
  async fetch(asked: { stopId?: string; companyIds?: string[] }): Promise<LiveDelegation[]> {
    const { delegations } = await this.rpc.ask(getDelegations, asked);
    if (delegations.length > 0)
      await this.unitOfWork.transaction((manager) =>
        this.delegations.upsert(manager, delegations.map(rowOf)),
      );
    return delegations;
  }
}

export function rowOf(
  state: Omit<DelegationRow, 'live' | 'everLive'> & { status: RegistrationStatus },
): DelegationRow {
  const { registrationId, stopId, companyId, status, version } = state;
  const live = liveStatuses.includes(status);
  return { registrationId, stopId, companyId, live, everLive: live, version };
}
