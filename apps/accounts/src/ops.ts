import 'reflect-metadata';
import { companyChanged } from '#contracts';
import { replayable } from '#persistence';
import { runOps } from '#service';
import { CompanyEntity, VerificationEntity } from './companies/company.entity.js';
import { stateOf } from './companies/company.js';
import { accountsDataSource } from './data-source.js';

const companies = replayable(companyChanged, { table: 'companies' }, async (manager, ids) => {
  const found = await manager.createQueryBuilder(CompanyEntity, 'company').whereInIds(ids).getMany();
  const standings = await manager
    .createQueryBuilder(VerificationEntity, 'standing')
    .where('standing.companyId IN (:...ids)', { ids })
    .orderBy('standing.organizationId')
    .getMany();
  return found.map((company) => {
    const own = standings.filter((standing) => standing.companyId === company.id);
    const decided = own.map(({ organizationId, status }) => ({ organizationId, status }));
    return { id: company.id, state: stateOf({ ...company, standings: decided }) };
  });
});

// Keys are not told again: nobody keeps a copy of them, the edge asks; and an ended key must not seem to come back.
await runOps(accountsDataSource, [companies]);
