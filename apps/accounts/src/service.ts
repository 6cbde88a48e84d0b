import { companyChanged } from '#contracts';
import { full, noDelete, replayable, type TableGrants } from '#persistence';
import type { ServiceDefinition } from '#service';
import { CompanyEntity, VerificationEntity } from './companies/company.entity.js';
import { stateOf } from './companies/company.js';
import { accountsSettings } from './config.js';
import { accountsDataSource } from './data-source.js';

/** What the running service may do with each of its tables. */
const grants: TableGrants = {
  organizations: noDelete,
  companies: noDelete,
  standings: noDelete,
  // A key of the environment that comes back gets a new row in place of the one that says it ended.
  api_keys: full,
  users: full,
  memberships: full,
  sign_in_codes: full,
  operator_links: full,
  invitation_mails: 'SELECT, INSERT, DELETE',
  door_passes: noDelete,
  sign_ins: full,
};

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

export const service: ServiceDefinition = {
  name: 'accounts',
  settings: accountsSettings,
  database: {
    dataSource: accountsDataSource,
    grants,
    // Keys are not replayed: nobody keeps a copy of them, the gateway asks; and a revoked key must not seem to come back.
    replayables: [companies],
  },
  commands: {
    'sign-in-link': async () => (await import('./signing-in/operator-link.command.js')).printSignInLink,
  },
  module: async () => (await import('./app.module.js')).AppModule,
};
