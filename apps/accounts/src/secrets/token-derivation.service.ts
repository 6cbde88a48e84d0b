import { createHash, createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '#service';
import type { AccountsConfig } from '../config.js';

/** What a derived secret is good for: one of one purpose never passes for one of another. */
export type Purpose = 'sign-in' | 'link' | 'asking' | 'door-pass';
/** What is no secret, but nothing to be looked up in a table of all addresses either. */
type Keyed = 'code' | 'address';

const codes = 1_000_000;
/** Bytes of the digest that a code is made of: the remainder by a million is even to 1 in 2^28. */
const codeBytes = 6;

/**
 * Derives the secrets of people from ids (HMAC-SHA-256), as `KeyDerivation` does those of API keys: a repeated request
 * is answered with the same secret, although no more than its hash is stored.
 */
@Injectable()
export class TokenDerivation {
  constructor(@Inject(CONFIG) private readonly config: AccountsConfig) {}

  /** 256 bits in 43 characters. */
  derive(purpose: Purpose, id: string): string {
    return this.mac(purpose, id).toString('base64url');
  }

  /** What stands for an address where it is only counted. */
  hashOfAddress(email: string): string {
    return this.mac('address', email).toString('base64url');
  }

  /** The six digits of the mail with an id. */
  code(id: string): string {
    const number = this.mac('code', id).readUIntBE(0, codeBytes) % codes;
    return String(number).padStart(6, '0');
  }

  private mac(purpose: Purpose | Keyed, id: string): Buffer {
    return createHmac('sha256', Buffer.from(this.config.KEY_SECRET, 'hex'))
      .update(`${purpose}\n${id}`)
      .digest();
  }
}

/** What is stored of a token, and what it is looked up by. The purpose keeps it apart from hashes of API keys. */
export function hashOfToken(purpose: Purpose, token: string): string {
  return createHash('sha256').update(`${purpose}\n${token}`).digest('base64url');
}
