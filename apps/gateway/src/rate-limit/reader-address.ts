import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CONFIG } from '#service';
import type { GatewayConfig } from '../config.js';

/** Carries `<WEB_SECRET> <address>`: the web process names the reader for whom it asks. */
export const readerHeader = 'x-waystop-reader';

/**
 * The address that a request counts for. The web process reads the API for its readers, and their requests must not
 * count as its own: all of them would share one budget.
 */
@Injectable()
export class ReaderAddress {
  private readonly secret: Buffer | undefined;

  constructor(@Inject(CONFIG) { WEB_SECRET: secret }: GatewayConfig) {
    this.secret = secret === undefined ? undefined : digest(secret);
  }

  of(request: Pick<FastifyRequest, 'ip' | 'headers'>): string {
    const value = request.headers[readerHeader];
    if (this.secret === undefined || typeof value !== 'string') return request.ip;
    const [secret = '', address = ''] = value.split(' ');
    return address !== '' && timingSafeEqual(digest(secret), this.secret) ? address : request.ip;
  }
}

/** Of equal length whatever is compared. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
