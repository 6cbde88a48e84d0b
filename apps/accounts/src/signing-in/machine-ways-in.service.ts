import { Injectable } from '@nestjs/common';
import { Problem } from '#contracts';
import type { Transaction, TransactionContext } from '#persistence';
import { isAlive, type ApiKeyRecord } from '../api-keys/api-key.js';
import { ApiKeyRepository } from '../api-keys/api-key.repository.js';
import { hashOfKey } from '../api-keys/key-derivation.service.js';
import { DoorPassService } from '../door-passes/door-pass.service.js';
import type { SignInOwner } from '../sign-ins/sign-in.js';
import { OperatorLinkRepository } from './operator-link.repository.js';

/** The ways in that need no person: an API key, the operator's link, the pass of a door. */
@Injectable()
export class MachineWaysIn {
  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly links: OperatorLinkRepository,
    private readonly passes: DoorPassService,
  ) {}

  async byApiKey(manager: Transaction, apiKey: string): Promise<SignInOwner> {
    const [key] = await this.keys.findByHashes(manager, [hashOfKey(apiKey)]);
    return ownerOf(key);
  }

  /** `null` where no operator made such a link. */
  async byOperatorLink(manager: Transaction, linkHash: string): Promise<SignInOwner | null> {
    const link = await this.links.lock(manager, linkHash);
    if (link === null) return null;
    const now = new Date();
    if (link.usedAt !== null || link.expiresAt <= now)
      throw new Problem('sign_in.expired', 'This link was used before or has expired. Make a new one.');
    await this.links.markUsed(manager, linkHash, now);
    return ownerOf(await this.keys.findLive(manager, link.apiKeyId));
  }

  async byPass(tx: TransactionContext, token: string): Promise<SignInOwner> {
    const pass = await this.passes.use(tx, token);
    if (pass === null)
      throw new Problem(
        'sign_in.expired',
        'This pass was used before, was deleted or has expired. Ask for a new one.',
      );
    return { doorPassId: pass.id, passExpiresAt: pass.expiresAt };
  }
}

function ownerOf(key: ApiKeyRecord | null | undefined): SignInOwner {
  if (!key || !isAlive(key, new Date()))
    throw new Problem('auth.required', 'This API key does not exist or has been revoked.');
  return { apiKeyId: key.id, keyExpiresAt: key.expiresAt };
}
