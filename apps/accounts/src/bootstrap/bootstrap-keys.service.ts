import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { apiKeyChanged, systemCaller, type Call } from '#contracts';
import { UnitOfWork, newId, type TransactionContext } from '#persistence';
import { CONFIG } from '#service';
import { principalOf, type ApiKeyRecord } from '../api-keys/api-key.js';
import { ApiKeyRepository } from '../api-keys/api-key.repository.js';
import { ApiKeyService } from '../api-keys/api-key.service.js';
import { hashOfKey } from '../api-keys/key-derivation.service.js';
import type { AccountsConfig } from '../config.js';
import { OrganizationRepository } from '../organizations/organization.repository.js';

/** The first organization has a fixed id, so that replicas that start at once make one and not two. */
const firstOrganizationId = '01980000-0000-7000-8000-000000000001';
const firstOrganizationName = { zh: '主办方', en: 'Organizer' };

/** Installs the keys of the environment at each start, and the first organization at the first one. */
@Injectable()
export class BootstrapKeys implements OnApplicationBootstrap {
  constructor(
    @Inject(CONFIG) private readonly config: AccountsConfig,
    private readonly unitOfWork: UnitOfWork,
    private readonly organizations: OrganizationRepository,
    private readonly keys: ApiKeyRepository,
    private readonly apiKeys: ApiKeyService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const call: Call = { caller: systemCaller, requestId: 'start', deadlineMs: Infinity };
    await this.unitOfWork.run(call, async (tx) => {
      await this.keys.lockEnvironmentKeys(tx.manager);
      await this.organizations.ensure(tx.manager, {
        id: firstOrganizationId,
        name: firstOrganizationName,
        createdAt: new Date(),
        version: 1,
      });
      await this.install(tx, 'admin', hashOfKey(this.config.ADMIN_KEY), null);
      await this.install(tx, 'organizer', hashOfKey(this.config.ORGANIZER_KEY), firstOrganizationId);
    });
  }

  /** Makes the key the only one of the environment with its role: a changed value revokes the former key. */
  private async install(
    tx: TransactionContext,
    role: 'admin' | 'organizer',
    keyHash: string,
    organizationId: string | null,
  ): Promise<void> {
    const present = await this.keys.findOfEnvironment(tx.manager, role);
    for (const key of present) if (key.keyHash !== keyHash) await this.apiKeys.revoke(tx, key);
    if (present.some((key) => key.keyHash === keyHash)) return;
    const key = environmentKey(role, keyHash, organizationId);
    // A value that was used before and comes back gets a new id: the old row only says that it was revoked.
    await this.keys.deleteByHash(tx.manager, keyHash);
    await this.keys.insert(tx.manager, key);
    tx.emit(apiKeyChanged, key.id, { keyId: key.id, active: true, principal: principalOf(key), version: 1 });
  }
}

function environmentKey(
  role: 'admin' | 'organizer',
  keyHash: string,
  organizationId: string | null,
): ApiKeyRecord {
  return {
    id: newId(),
    keyHash,
    role,
    label: `${role.toUpperCase()}_KEY`,
    organizationId,
    companyId: null,
    stopId: null,
    fromEnvironment: true,
    createdAt: new Date(),
    expiresAt: null,
    lastUsedAt: null,
    deletedAt: null,
  };
}
