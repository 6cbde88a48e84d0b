import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { ensureTokenUser, type Caller } from '#contracts';
import { Rpc } from '#messaging';
import type { TokenIdentity } from './oidc.js';

/** People remembered by this process at most, and for how long: an erased one is made anew after it. */
const maxUsers = 10_000;
const rememberedMs = 600_000;

/** Makes people of those whom the installation's issuer knows, so that the audit can name them. */
@Injectable()
export class TokenUsers {
  private readonly ids = new LRUCache<string, string>({ max: maxUsers, ttl: rememberedMs });

  constructor(private readonly rpc: Rpc) {}

  /** @throws Problem `service.unavailable` where accounts can't be asked about somebody new */
  async callerOf({ caller, person }: TokenIdentity): Promise<Caller> {
    if (person === null) return caller;
    const known = this.ids.get(person.email);
    const userId = known ?? (await this.rpc.ask(ensureTokenUser, person)).userId;
    this.ids.set(person.email, userId, { noUpdateTTL: true });
    return { ...caller, userId };
  }
}
