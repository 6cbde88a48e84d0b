import { describe, expect, it } from '@jest/globals';
import { isPagePath } from './page-paths.js';

describe('paths of pages', () => {
  it.each(['/', '/en', '/en/tours/1', '/assets/a.js', '/robots.txt', '/v10', '/docsy', '/?a=/v1/', '/V1'])(
    'takes %s for a page',
    (url) => expect(isPagePath(url)).toBe(true),
  );

  it.each([
    '/v1',
    '/v1/',
    '/v1/nothing',
    '/v1?x',
    '/docs',
    '/docs/x',
    '/openapi.json',
    '/health/live',
    '*',
    'http://a/b',
  ])('keeps %s with the gateway', (url) => expect(isPagePath(url)).toBe(false));
});
