import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { OrganizationEntity } from './organization.entity.js';

/** The rows of organizations. */
@Injectable()
export class OrganizationRepository {
  async insert(manager: EntityManager, organization: OrganizationEntity): Promise<void> {
    await manager.insert(OrganizationEntity, organization);
  }

  /** Makes the organization unless it is there; one that is there stays as it is. */
  async ensure(manager: EntityManager, organization: OrganizationEntity): Promise<void> {
    await manager
      .createQueryBuilder()
      .insert()
      .into(OrganizationEntity)
      .values(organization)
      .orIgnore()
      .execute();
  }
}
