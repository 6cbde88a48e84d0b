import { commandLineDataSource, createDataSource, type DatabaseAddress } from '#persistence';
import { ApiKeyEntity } from './api-keys/api-key.entity.js';
import { CompanyEntity, VerificationEntity } from './companies/company.entity.js';
import { DoorPassEntity } from './door-passes/door-pass.entity.js';
import { MembershipEntity } from './memberships/membership.entity.js';
import { CreateAccounts1760000001000 } from './migrations/1760000001000-create-accounts.js';
import { CreatePeople1760000001300 } from './migrations/1760000001300-create-people.js';
import { IndexSharedAudit1760000009500 } from './migrations/1760000009500-index-shared-audit.js';
import { SearchCompanies1760000001200 } from './migrations/1760000001200-search-companies.js';
import { InvitationMailEntity } from './members/invitation-mail.entity.js';
import { OrganizationEntity } from './organizations/organization.entity.js';
import { SignInEntity } from './sign-ins/sign-in.entity.js';
import { OperatorLinkEntity, SignInCodeEntity } from './signing-in/sign-in-code.entity.js';
import { UserEntity } from './users/user.entity.js';

export const accountsDataSource = (options: DatabaseAddress) =>
  createDataSource({
    ...options,
    entities: [
      OrganizationEntity,
      ApiKeyEntity,
      CompanyEntity,
      VerificationEntity,
      UserEntity,
      MembershipEntity,
      SignInCodeEntity,
      OperatorLinkEntity,
      InvitationMailEntity,
      DoorPassEntity,
      SignInEntity,
    ],
    migrations: [
      CreateAccounts1760000001000,
      SearchCompanies1760000001200,
      CreatePeople1760000001300,
      IndexSharedAudit1760000009500,
    ],
  });

export default commandLineDataSource(accountsDataSource);
