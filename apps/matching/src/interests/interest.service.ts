import { Injectable } from '@nestjs/common';
import {
  invalidField,
  callingCompany,
  type InputOf,
  type OutputOf,
  type listInterests,
  type setInterest,
} from '#contracts';
import type { CallContext } from '#messaging';
import { Database, UnitOfWork, cutPage, decodeIdCursor, type TransactionContext } from '#persistence';
import { CompanyProjectionService } from '../companies/company-projection.service.js';
import { DelegationProjectionService } from '../delegations/delegation-projection.service.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { InterestRepository } from './interest.repository.js';

/** Which companies a company wants to meet, or does not. Nobody else sees it, not even the organizer. */
@Injectable()
export class InterestService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly interests: InterestRepository,
    private readonly companies: CompanyProjectionService,
    private readonly delegations: DelegationProjectionService,
    private readonly stops: StopProjectionService,
  ) {}

  async set(call: CallContext, input: InputOf<typeof setInterest>): Promise<OutputOf<typeof setInterest>> {
    const { tourId, companyId: towardsId, body } = input;
    const companyId = await this.memberOf(call, tourId);
    if (companyId === towardsId) throw invalidField('/companyId', 'is your own company');
    await this.companies.get(towardsId);
    return this.unitOfWork.run(call, async (tx) => {
      await this.interests.set(tx.manager, tourId, { companyId, towardsId, level: body.level });
      audit(tx, 'set', companyId, towardsId);
      return { companyId: towardsId, level: body.level };
    });
  }

  async remove(
    call: CallContext,
    { tourId, companyId: towardsId }: { tourId: string; companyId: string },
  ): Promise<null> {
    const companyId = await this.memberOf(call, tourId);
    return this.unitOfWork.run(call, async (tx) => {
      await this.interests.remove(tx.manager, tourId, companyId, towardsId);
      audit(tx, 'remove', companyId, towardsId);
      return null;
    });
  }

  async list(
    call: CallContext,
    query: InputOf<typeof listInterests>,
  ): Promise<OutputOf<typeof listInterests>> {
    const after = decodeIdCursor(query.cursor);
    const companyId = await this.memberOf(call, query.tourId);
    const of = { tourId: query.tourId, companyId };
    const rows = await this.interests.list(this.database, of, { after, take: query.limit + 1 });
    return cutPage(rows, query.limit, (row) => [row.companyId]);
  }

  private async memberOf(call: CallContext, tourId: string): Promise<string> {
    const companyId = callingCompany(call.caller);
    await this.stops.organizationOf(call, tourId);
    await this.delegations.refuseNotOfTour(companyId, tourId);
    return companyId;
  }
}

/** Belongs to no organization and says no level, since nobody but the company may know it. */
function audit(tx: TransactionContext, verb: 'set' | 'remove', companyId: string, towardsId: string): void {
  tx.audit({
    resourceType: 'interest',
    resourceId: companyId,
    action: `interest.${verb}`,
    organizationId: null,
    before: null,
    after: { towardsId },
  });
}
