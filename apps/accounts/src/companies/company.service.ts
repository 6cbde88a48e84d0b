import { Injectable } from '@nestjs/common';
import { Problem, companyChanged, notFound, type OutputOf, type createCompany } from '#contracts';
import type { CallContext } from '#messaging';
import {
  UnitOfWork,
  newId,
  refuseStaleVersion,
  violatedConstraint,
  type TransactionContext,
} from '#persistence';
import { ApiKeyService } from '../api-keys/api-key.service.js';
import { KeyDerivation } from '../api-keys/key-derivation.service.js';
import {
  auditedOf,
  decideStatus,
  newCompany,
  patchCompany,
  presentCompany,
  stateOf,
  statusFor,
  type CompanyDraft,
  type CompanyPatch,
  type CompanyRecord,
  type CompanyView,
} from './company.js';
import { CompanyRepository } from './company.repository.js';

@Injectable()
export class CompanyService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly companies: CompanyRepository,
    private readonly keys: ApiKeyService,
    private readonly derivation: KeyDerivation,
  ) {}

  /** Signs a company up and makes its first key. */
  async create(call: CallContext, draft: CompanyDraft): Promise<OutputOf<typeof createCompany>> {
    const work = this.unitOfWork.run(
      call,
      (tx) => this.signUp(tx, call, draft),
      ({ company }) => company.id,
    );
    const { company, keyId } = await work.catch(refuseTakenCode);
    return { company, apiKey: this.derivation.derive(keyId, 'company') };
  }

  async update(call: CallContext, patch: CompanyPatch): Promise<CompanyView> {
    return this.unitOfWork.run(call, async (tx) => {
      const company = await this.lock(tx, call.caller.companyId ?? '');
      refuseStaleVersion(call, company.version);
      const changed = patchCompany(company, patch);
      await this.companies.update(tx.manager, changed);
      record(tx, 'company.update', company, changed);
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

  private async signUp(
    tx: TransactionContext,
    call: CallContext,
    draft: CompanyDraft,
  ): Promise<{ company: CompanyView; keyId: string }> {
    const company = newCompany(newId(), draft, new Date());
    await this.companies.insert(tx.manager, company);
    record(tx, 'company.create', null, company);
    const grant = { role: 'company' as const, organizationId: null, companyId: company.id, stopId: null };
    const key = await this.keys.issue(tx, grant, 'first key');
    return { company: presentCompany(call.caller, company), keyId: key.id };
  }

  private async lock(tx: TransactionContext, id: string): Promise<CompanyRecord> {
    const company = await this.companies.lock(tx.manager, id);
    if (company === undefined) throw notFound('company');
    return company;
  }
}

/** The event and the audit line of a company's own change. */
function record(
  tx: TransactionContext,
  action: string,
  before: CompanyRecord | null,
  after: CompanyRecord,
): void {
  tx.emit(companyChanged, after.id, stateOf(after));
  tx.audit({
    resourceType: 'company',
    resourceId: after.id,
    action,
    organizationId: null,
    before: before && auditedOf(before),
    after: auditedOf(after),
  });
}

function refuseTakenCode(error: unknown): never {
  if (violatedConstraint(error) !== 'companies_uscc_taken') throw error;
  throw new Problem(
    'company.uscc_taken',
    'A company with this uscc is registered. Ask its colleagues for a key.',
  );
}
