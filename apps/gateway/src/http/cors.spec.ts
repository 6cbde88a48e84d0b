import { describe, expect, it } from '@jest/globals';
import { CorsPolicy, publicReadCors, type Preflight } from './cors.js';
import type { HeaderList } from './headers.js';

const listed = 'https://app.example.org';
const other = 'https://evil.example.org';
const policy = new CorsPolicy([listed]);

const valueOf = (headers: HeaderList, name: string) => headers[headers.indexOf(name) + 1];
const allows = (headers: HeaderList) =>
  headers.includes('access-control-allow-origin')
    ? valueOf(headers, 'access-control-allow-origin')
    : undefined;

describe('CorsPolicy', () => {
  it('lets any page show public reads', () => {
    expect(allows(publicReadCors)).toBe('*');
  });

  it.each<[string | undefined, string | undefined]>([
    [listed, listed],
    [other, undefined],
    ['null', undefined],
    [`${listed}.evil.example.org`, undefined],
    [undefined, undefined],
  ])('allows for everything else listed origins alone: %s', (origin, allowed) => {
    expect(allows(policy.headersFor(origin))).toBe(allowed);
    expect(valueOf(policy.headersFor(origin), 'vary')).toBe('Origin');
  });

  it('sends nothing where no origin is listed', () => {
    expect(new CorsPolicy([]).headersFor(listed)).toEqual([]);
  });

  it.each<[string, Partial<Preflight>, string | undefined, string]>([
    ['a public read by any page', { origin: other }, '*', 'If-None-Match'],
    ['a public read by HEAD', { origin: other, method: 'HEAD' }, '*', 'If-None-Match'],
    ['a public read with a key, by a listed page', { origin: listed }, '*', 'Authorization'],
    ['a write at a public path by any page', { origin: other, method: 'POST' }, undefined, ''],
    [
      'a write at a public path by a listed page',
      { origin: listed, method: 'POST' },
      listed,
      'Authorization',
    ],
    ['a private read by any page', { origin: other, isPublicRead: false }, undefined, ''],
    ['a private read by a listed page', { origin: listed, isPublicRead: false }, listed, 'Authorization'],
  ])('answers the preflight of %s', (_what, preflight, origin, sendable) => {
    const asked = { origin: undefined, method: 'GET', allowed: 'GET, POST', isPublicRead: true };
    const headers = policy.preflight({ ...asked, ...preflight });
    expect(allows(headers)).toBe(origin);
    expect(headers.includes('access-control-allow-credentials')).toBe(false);
    const sent = headers.includes('access-control-allow-headers')
      ? (valueOf(headers, 'access-control-allow-headers') ?? '')
      : '';
    expect(sent.includes(sendable)).toBe(true);
    if (origin === '*' && preflight.origin === other) expect(sent).not.toContain('Authorization');
  });
});
