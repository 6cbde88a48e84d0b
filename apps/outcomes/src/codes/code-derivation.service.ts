import { createHash, createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '#service';
import type { OutcomesConfig } from '../config.js';
import { encodeCode, readCode } from './crockford.js';

export type NamedKind = 'membership' | 'case' | 'paper' | 'certificate';

/** Looked up for what is no code, so that it takes the same time as a code that nobody gave out. */
const noCode = 'no code';

/**
 * Derives the code of a thing from its id (HMAC-SHA-256, as API keys are derived), so that it can be printed again
 * although only its hash is stored, and cannot be guessed from other codes.
 */
@Injectable()
export class CodeDerivation {
  constructor(@Inject(CONFIG) private readonly config: OutcomesConfig) {}

  /** 100 bits, with Crockford's check symbol. */
  codeOf(kind: NamedKind, id: string): string {
    const mac = createHmac('sha256', Buffer.from(this.config.CODE_SECRET, 'hex'))
      .update(`${kind}\n${id}`)
      .digest('hex');
    return encodeCode(BigInt(`0x${mac.slice(0, 25)}`));
  }

  /** What is stored of a code. */
  hashOf(code: string): Buffer {
    return createHash('sha256').update(code).digest();
  }

  /** What a written code is looked up by; of what is no code, a hash that no code has. */
  hashOfWritten(written: string): Buffer {
    return this.hashOf(readCode(written) ?? noCode);
  }
}
