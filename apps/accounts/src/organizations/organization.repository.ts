import { Injectable } from '@nestjs/common';
import { formatInstant, type InputOf, type OutputOf, type createOrganization } from '#contracts';
import type { CallContext } from '#messaging';
import { UnitOfWork, newId } from '#persistence';
import { ApiKeyRepository } from '../api-keys/api-key.repository.js';
import { OrganizationEntity } from './organization.entity.js';

@Injectable()
export class OrganizationRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: ApiKeyRepository,
  ) {}

  /** Makes an organization and its first organizer's key. The key itself is derived by whoever answers. */
  async create(
    call: CallContext,
    draft: InputOf<typeof createOrganization>['body'],
  ): Promise<{ organization: OutputOf<typeof createOrganization>['organization']; keyId: string }> {
    return this.unitOfWork.run(call, async (tx) => {
      const id = newId();
      const createdAt = new Date();
      await tx.manager.insert(OrganizationEntity, { id, name: draft.name, createdAt, version: 1 });
      tx.audit({
        resourceType: 'organization',
        resourceId: id,
        action: 'organization.create',
        organizationId: id,
        before: null,
        after: { name: draft.name },
      });
      const grant = { role: 'organizer' as const, organizationId: id, companyId: null, stopId: null };
      const key = await this.keys.insert(tx, grant, 'first key');
      return {
        organization: { id, name: draft.name, createdAt: formatInstant(createdAt), version: 1 },
        keyId: key.id,
      };
    });
  }
}
