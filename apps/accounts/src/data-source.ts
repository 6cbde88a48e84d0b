import { commandLineDataSource, createDataSource, type DatabaseAddress } from '#persistence';
import { ApiKeyEntity } from './api-keys/api-key.entity.js';
import { CompanyEntity, VerificationEntity } from './companies/company.entity.js';
import { CreateAccounts1760000001000 } from './migrations/1760000001000-create-accounts.js';
import { SearchCompanies1760000001200 } from './migrations/1760000001200-search-companies.js';
import { OrganizationEntity } from './organizations/organization.entity.js';

export const accountsDataSource = (options: DatabaseAddress) =>
  createDataSource({
    ...options,
    entities: [OrganizationEntity, ApiKeyEntity, CompanyEntity, VerificationEntity],
    migrations: [CreateAccounts1760000001000, SearchCompanies1760000001200],
  });

export default commandLineDataSource(accountsDataSource);
