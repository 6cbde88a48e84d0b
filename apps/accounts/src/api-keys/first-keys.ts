import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG } from '#service';
import type { AccountsConfig } from '../config.js';
import { ApiKeyRepository } from './api-key.repository.js';
import { hashOfKey } from './key-maker.js';

/** Makes the keys of the environment valid at each start, and the first organization at the first one. */
@Injectable()
export class FirstKeys implements OnApplicationBootstrap {
  constructor(
    @Inject(CONFIG) private readonly config: AccountsConfig,
    private readonly keys: ApiKeyRepository,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.keys.installFirstKeys({
      admin: hashOfKey(this.config.ADMIN_KEY),
      organizer: hashOfKey(this.config.ORGANIZER_KEY),
    });
  }
}
