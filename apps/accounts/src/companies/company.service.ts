import { Injectable } from '@nestjs/common';
import { companyChanged, notFound } from '#contracts';
import type { CallContext } from '#messaging';
import { UnitOfWork, refuseStaleVersion, type TransactionContext } from '#persistence';
import {
  auditedOf,
  decideStatus,
  patchCompany,
  presentCompany,
  stateOf,
  statusFor,
  type CompanyPatch,
  type CompanyRecord,
  type CompanyView,
} from './company.js';
import { CompanyRepository } from './company.repository.js';

/** The changes of companies that are signed up. */
@Injectable()
export class CompanyService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly companies: CompanyRepository,
  ) {}

  async update(call: CallContext, patch: CompanyPatch): Promise<CompanyView> {
    return this.unitOfWork.run(call, async (tx) => {
      const company = await this.lock(tx, call.caller.companyId ?? '');
      refuseStaleVersion(call, company.version);
      const changed = patchCompany(company, patch);
      await this.companies.update(tx.manager, changed);
      recordChange(tx, 'company.update', company, changed);
      return presentCompany(call.caller, changed);
    });
  }

  /** Verifies or suspends a company for the caller's organization. Deciding the same again changes nothing. */
  async decide(call: CallContext, id: string, status: 'verified' | 'suspended'): Promise<CompanyView> {
    const organizationId = call.caller.organizationId ?? '';
    return this.unitOfWork.run(call, async (tx) => {
      const company = await this.lock(tx, id);
      refuseStaleVersion(call, company.version);
      const changed = decideStatus(company, organizationId, status);
      if (changed === company) return presentCompany(call.caller, company);
      await this.companies.updateStatus(tx.manager, changed, organizationId, status);
      tx.emit(companyChanged, id, stateOf(changed));
      tx.audit({
        resourceType: 'company',
        resourceId: id,
        action: status === 'verified' ? 'company.verify' : 'company.suspend',
        organizationId,
        before: { status: statusFor(company, organizationId) },
        after: { status },
      });
      return presentCompany(call.caller, changed);
    });
  }

  private async lock(tx: TransactionContext, id: string): Promise<CompanyRecord> {
    const company = await this.companies.lock(tx.manager, id);
    if (company === undefined) throw notFound('company');
    return company;
  }
}

/** The event and the audit line of what a company itself changed. */
export function recordChange(
  records: Pick<TransactionContext, 'emit' | 'audit'>,
  action: 'company.create' | 'company.update',
  before: CompanyRecord | null,
  after: CompanyRecord,
): void {
  records.emit(companyChanged, after.id, stateOf(after));
  records.audit({
    resourceType: 'company',
    resourceId: after.id,
    action,
    organizationId: null,
    before: before && auditedOf(before),
    after: auditedOf(after),
  });
}
