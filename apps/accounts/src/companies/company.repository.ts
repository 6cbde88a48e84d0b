import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import {
  Problem,
  companyChanged,
  createCompany,
  invalidField,
  mergePatch,
  notFound,
  parseOrRefuse,
  type Caller,
  type CompanyState,
  type InputOf,
  type OutputOf,
  type getCompanyContacts,
  type getCompany,
  type listCompanies,
  type updateMyCompany,
} from '#contracts';
import { isCityCode } from '#reference-data';
import type { CallContext } from '#messaging';
import {
  UnitOfWork,
  cutPage,
  decodeIdCursor,
  newId,
  refuseStaleVersion,
  violatedConstraint,
  type TransactionContext,
} from '#persistence';
import { ApiKeyRepository } from '../api-keys/api-key.repository.js';
import { CompanyEntity, StandingEntity } from './company.entity.js';
import { companyFor, standingWith, stateOf, type CompanyRecord } from './company.js';

type CompanyView = OutputOf<typeof getCompany>;

@Injectable()
export class CompanyRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: ApiKeyRepository,
  ) {}

  /** Signs a company up and makes its first key. The key itself is derived by whoever answers. */
  async create(
    call: CallContext,
    draft: InputOf<typeof createCompany>['body'],
  ): Promise<{ company: CompanyView; keyId: string }> {
    refuseUnknownCity(draft.cityCode);
    try {
      return await this.unitOfWork.run(
        call,
        async (tx) => {
          const company = newCompany(draft);
          await tx.manager.insert(CompanyEntity, columnsOf(company));
          this.record(tx, 'company.create', null, company);
          const grant = {
            role: 'company' as const,
            organizationId: null,
            companyId: company.id,
            stopId: null,
          };
          const key = await this.keys.insert(tx, grant, 'first key');
          return { company: companyFor(call.caller, company), keyId: key.id };
        },
        ({ company }) => company.id,
      );
    } catch (error) {
      if (violatedConstraint(error) !== 'companies_uscc_taken') throw error;
      throw new Problem(
        'company.uscc_taken',
        'A company with this uscc is registered. Ask its colleagues for a key.',
      );
    }
  }

  async getOwn(caller: Caller): Promise<CompanyView> {
    return companyFor(caller, await this.find(this.unitOfWork.dataSource.manager, caller.companyId ?? ''));
  }

  async get(caller: Caller, id: string): Promise<CompanyView> {
    return companyFor(caller, await this.find(this.unitOfWork.dataSource.manager, id));
  }

  async list(caller: Caller, query: InputOf<typeof listCompanies>): Promise<OutputOf<typeof listCompanies>> {
    const afterId = decodeIdCursor(query.cursor);
    const rows = (await this.unitOfWork.dataSource.query(
      `SELECT id FROM companies LEFT JOIN standings ON company_id = id AND organization_id = $1
        WHERE ($2::uuid IS NULL OR id > $2)
          AND ($3::text IS NULL OR coalesce(status, 'unverified') = $3)
          AND ($4::text IS NULL OR uscc = upper($4)
               OR strpos(lower(name->>'zh'), lower($4)) > 0 OR strpos(lower(name->>'en'), lower($4)) > 0)
        ORDER BY id LIMIT $5`,
      [caller.organizationId, afterId, query.status ?? null, query.q ?? null, query.limit + 1],
    )) as { id: string }[];
    const { items, nextCursor } = cutPage(rows, query.limit, (row) => [row.id]);
    const companies = await this.findAll(
      this.unitOfWork.dataSource.manager,
      items.map((row) => row.id),
    );
    return { items: companies.map((company) => companyFor(caller, company)), nextCursor };
  }

  async update(call: CallContext, patch: InputOf<typeof updateMyCompany>['body']): Promise<CompanyView> {
    return this.unitOfWork.run(call, async (tx) => {
      const company = await this.lock(tx.manager, call.caller.companyId ?? '');
      refuseStaleVersion(call, company.version);
      const { name, uscc, contact, industry, cityCode } = company;
      const draft = parseOrRefuse(
        createCompany.input.shape.body,
        mergePatch({ name, uscc, contact, industry, cityCode }, patch),
        ['body'],
      );
      refuseUnknownCity(draft.cityCode);
      const changed = { ...company, ...fieldsOf(draft), version: company.version + 1 };
      await tx.manager.update(CompanyEntity, { id: company.id }, columnsOf(changed));
      this.record(tx, 'company.update', company, changed);
      return companyFor(call.caller, changed);
    });
  }

  /** Verifies or suspends a company for the caller's organization. Deciding the same again changes nothing. */
  async decideStanding(
    call: CallContext,
    id: string,
    status: 'verified' | 'suspended',
  ): Promise<CompanyView> {
    const organizationId = call.caller.organizationId ?? '';
    return this.unitOfWork.run(call, async (tx) => {
      const company = await this.lock(tx.manager, id);
      refuseStaleVersion(call, company.version);
      if (standingWith(company, organizationId) === status) return companyFor(call.caller, company);
      const others = company.standings.filter((one) => one.organizationId !== organizationId);
      const changed = {
        ...company,
        standings: [...others, { organizationId, status }],
        version: company.version + 1,
      };
      await tx.manager.upsert(StandingEntity, { companyId: id, organizationId, status }, [
        'companyId',
        'organizationId',
      ]);
      await tx.manager.update(CompanyEntity, { id }, { version: changed.version });
      tx.emit(companyChanged, id, stateOf(changed));
      tx.audit({
        resourceType: 'company',
        resourceId: id,
        action: status === 'verified' ? 'company.verify' : 'company.suspend',
        organizationId,
        before: { status: standingWith(company, organizationId) },
        after: { status },
      });
      return companyFor(call.caller, changed);
    });
  }

  async findStates(ids: string[]): Promise<CompanyState[]> {
    return (await this.findAll(this.unitOfWork.dataSource.manager, ids)).map(stateOf);
  }

  async findContacts(ids: string[]): Promise<OutputOf<typeof getCompanyContacts>['contacts']> {
    const companies = await this.unitOfWork.dataSource.manager.findBy(CompanyEntity, { id: In(ids) });
    return companies.map((company) => ({ companyId: company.id, contact: company.contact }));
  }

  /**
   * Tells the neighbours and the audit. The contact stays out of both: it is personal data. What organizations decided
   * stays out of the audit line: it is read by all of them.
   */
  private record(
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

  private async lock(manager: EntityManager, id: string): Promise<CompanyRecord> {
    await manager.findOne(CompanyEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    return this.find(manager, id);
  }

  private async find(manager: EntityManager, id: string): Promise<CompanyRecord> {
    const [company] = await this.findAll(manager, [id]);
    if (company === undefined) throw notFound('company');
    return company;
  }

  private async findAll(manager: EntityManager, ids: string[]): Promise<CompanyRecord[]> {
    const companies = await manager.find(CompanyEntity, { where: { id: In(ids) }, order: { id: 'ASC' } });
    const standings = await manager.find(StandingEntity, {
      where: { companyId: In(ids) },
      order: { organizationId: 'ASC' },
    });
    return companies.map((company) => ({
      ...company,
      standings: standings
        .filter((one) => one.companyId === company.id)
        .map(({ organizationId, status }) => ({ organizationId, status })),
    }));
  }
}

type Draft = InputOf<typeof createCompany>['body'];

function fieldsOf(draft: Draft): Pick<CompanyRecord, 'name' | 'contact' | 'industry' | 'cityCode'> {
  const { name, contact, industry, cityCode } = draft;
  return { name, contact, industry: industry ?? null, cityCode: cityCode ?? null };
}

function newCompany(draft: Draft): CompanyRecord {
  return {
    id: newId(),
    uscc: draft.uscc,
    ...fieldsOf(draft),
    createdAt: new Date(),
    version: 1,
    standings: [],
  };
}

function columnsOf({ standings: _standings, ...columns }: CompanyRecord): Omit<CompanyRecord, 'standings'> {
  return columns;
}

function auditedOf(company: CompanyRecord): object {
  const { name, uscc, industry, cityCode } = company;
  return { name, uscc, industry, cityCode };
}

function refuseUnknownCity(code: string | null | undefined): void {
  if (typeof code === 'string' && !isCityCode(code))
    throw invalidField('/cityCode', 'is not a code of GB/T 2260');
}
