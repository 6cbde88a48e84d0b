import { createHash, createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#contracts';
import { CONFIG } from '#service';
import type { AccountsConfig } from '../config.js';

/**
 * Derives API keys from their ids (HMAC-SHA-256, 256 bits), so that a repeated request can be answered with the
 * same key although only its hash is stored. The prefix lets leak scanners know a key when they see one.
 */
@Injectable()
export class KeyDerivation {
  constructor(@Inject(CONFIG) private readonly config: AccountsConfig) {}

  derive(keyId: string, role: Principal['role']): string {
    const mac = createHmac('sha256', Buffer.from(this.config.KEY_SECRET, 'hex'))
      .update(keyId)
      .digest('base64url');
    return `waystop_${role}_${mac}`;
  }
}

/** What is stored of a key, and what it is looked up by: SHA-256 in base64url. */
export function hashOfKey(apiKey: string): string {
  return createHash('sha256').update(apiKey).digest('base64url');
}
