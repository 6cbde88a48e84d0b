import { Injectable } from '@nestjs/common';
import type { Transaction } from '#persistence';
import { OrganizationEntity } from './organization.entity.js';

/** The rows of organizations. */
@Injectable()
export class OrganizationRepository {
  async insert(manager: Transaction, organization: OrganizationEntity): Promise<void> {
    await manager.insert(OrganizationEntity, organization);
  }

  /** Makes the organization unless it is there; one that is there stays as it is. */
  async ensure(manager: Transaction, organization: OrganizationEntity): Promise<void> {
    await manager
      .createQueryBuilder()
      .insert()
      .into(OrganizationEntity)
      .values(organization)
      .orIgnore()
      .execute();
  }
}
