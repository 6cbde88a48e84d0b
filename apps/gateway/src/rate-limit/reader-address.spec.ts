import { describe, expect, it } from '@jest/globals';
import type { GatewayConfig } from '../config.js';
import { ReaderAddress, readerHeader } from './reader-address.js';

const secret = 's'.repeat(32);
const of = (WEB_SECRET: string | undefined, header?: string) =>
  new ReaderAddress({ WEB_SECRET } as GatewayConfig).of({
    ip: '10.0.0.1',
    headers: header === undefined ? {} : { [readerHeader]: header },
  });

describe('the address that a request counts for', () => {
  it('is the reader’s where the web process names it', () => {
    expect(of(secret, `${secret} 203.0.113.7`)).toBe('203.0.113.7');
  });

  it.each([
    ['another secret', `${'x'.repeat(32)} 203.0.113.7`],
    ['no address', secret],
    ['an empty address', `${secret} `],
    ['nothing', undefined],
  ])('is the connection’s with %s', (_, header) => expect(of(secret, header)).toBe('10.0.0.1'));

  it('is the connection’s where no secret is set', () => {
    expect(of(undefined, `${secret} 203.0.113.7`)).toBe('10.0.0.1');
    expect(of(undefined, 'undefined 203.0.113.7')).toBe('10.0.0.1');
  });
});
