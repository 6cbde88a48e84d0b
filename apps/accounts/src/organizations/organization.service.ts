import { Injectable } from '@nestjs/common';
import { formatInstant, type InputOf, type OutputOf, type createOrganization } from '#contracts';
import type { CallContext } from '#messaging';
import { UnitOfWork, newId } from '#persistence';
import { ApiKeyService } from '../api-keys/api-key.service.js';
import { KeyDerivation } from '../api-keys/key-derivation.service.js';
import { OrganizationRepository } from './organization.repository.js';

@Injectable()
export class OrganizationService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly organizations: OrganizationRepository,
    private readonly keys: ApiKeyService,
    private readonly derivation: KeyDerivation,
  ) {}

  /** Makes an organization and its first organizer's key. */
  async create(
    call: CallContext,
    draft: InputOf<typeof createOrganization>['body'],
  ): Promise<OutputOf<typeof createOrganization>> {
    const { organization, keyId } = await this.unitOfWork.run(call, async (tx) => {
      const id = newId();
      const createdAt = new Date();
      await this.organizations.insert(tx.manager, { id, name: draft.name, createdAt, version: 1 });
      tx.audit({
        resourceType: 'organization',
        resourceId: id,
        action: 'organization.create',
        organizationId: id,
        before: null,
        after: { name: draft.name },
      });
      const grant = { role: 'organizer' as const, organizationId: id, companyId: null, stopId: null };
      const key = await this.keys.issue(tx, grant, 'first key');
      return {
        organization: { id, name: draft.name, createdAt: formatInstant(createdAt), version: 1 },
        keyId: key.id,
      };
    });
    return { organization, apiKey: this.derivation.derive(keyId, 'organizer') };
  }
}
